package io.progress.sse.test;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import io.progress.sse.test.MutantIndex.Defect;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether the contract of lists of jobs can fail at all.
 */
@Tag("long")
class IndexMutantsTests {

	@ParameterizedTest
	@CsvSource({ "NO_REPAIR, listsAJobAgainThatItsWriterRestores", "NO_BOUND, listsTheNewestOfAnOwnerWithTooMany",
			"REPEATS, neitherRepeatsNorSkipsAJobThatIsThereDuringTheWholeWalk", "REPEATS, doesWhatTheModelDoes",
			"SKIPS, neitherRepeatsNorSkipsAJobThatIsThereDuringTheWholeWalk", "SKIPS, doesWhatTheModelDoes",
			"FOREIGN, keepsOwnersApartWhateverTheirNames", "FOREIGN, doesWhatTheModelDoes",
			"FOREIGN, tellsWhichJobsOfAnOwnerAppearAndEnd", "NO_STATES, selectsByState",
			"NO_STATES, doesWhatTheModelDoes", "NO_LAST_PAGE, saysWithTheLastPageThatItIsTheLast",
			"SILENT_END, tellsWhichJobsOfAnOwnerAppearAndEnd" })
	void theContractNoticesADefect(Defect defect, String promise) {
		assertThat(failures(defect, promise)).as("failures of '%s'", promise).isOne();
		assertThat(failures(Defect.NONE, promise)).as("failures of '%s' without defect", promise).isZero();
	}

	private static long failures(Defect defect, String promise) {
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(DiscoverySelectors.selectMethod(MutantIndexContract.class, promise))
			.configurationParameter(MutantIndexContract.DEFECT, defect.name())
			.build();
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		LauncherFactory.create().execute(request, listener);
		assertThat(listener.getSummary().getTestsStartedCount()).isOne();
		return listener.getSummary().getTestsFailedCount();
	}

}
