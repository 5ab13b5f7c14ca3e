package io.progress.sse.test;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.test.MutantStore.Defect;
import io.progress.sse.test.NaiveTail.Safety;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether the contract and the chaos run can fail at all.
 */
class MutantsTests {

	@ParameterizedTest
	@CsvSource({ "NO_IDEMPOTENCY, storesARepeatedBatchOnce",
			"NO_IDEMPOTENCY, losesAndDoublesNothingWhenWritersRepeatThemselvesOnManyThreads",
			"NO_IDEMPOTENCY, doesWhatTheModelDoes", "NO_FENCE, fencesTheLowerTokenInEveryMode",
			"NO_FENCE, doesWhatTheModelDoes", "NO_GAP_CHECK, asksForMissingEventsAndStoresNothing",
			"NO_GAP_CHECK, doesWhatTheModelDoes", "NO_EXACT_MATCH, acceptsACursorOnlyIfThatVeryIdIsStored",
			"NO_EXACT_MATCH, doesWhatTheModelDoes",
			"READY_TOO_EARLY, tellsEachAppendAfterReadyWithItsPredecessorOrSaysThatItMayHaveMissedSome",
			"NO_CHAIN, tellsEachAppendAfterReadyWithItsPredecessorOrSaysThatItMayHaveMissedSome",
			"FORGETFUL, tellsAllOfAnAppendBeforeItAnswersIfItIsLossless",
			"TOO_LATE, tellsAllOfAnAppendBeforeItAnswersIfItIsLossless",
			"SILENT_REPLACEMENT, tellsAllOfAReplacementBeforeItAnswersIfItIsLossless",
			"SILENT_DELETION, tellsADeletionBeforeItAnswersIfItIsLossless",
			"DROPS_MILESTONES, keepsMilestonesWhenTicksHaveGone",
			"DROPS_MILESTONES, leadsFromAnyEventOfALongJobToItsEndWithEveryMilestone",
			"REFUSES_DROPPED_TICKS, goesOnBehindATickThatHasGoneWithTheMilestonesSinceThen",
			"REFUSES_DROPPED_TICKS, leadsFromAnyEventOfALongJobToItsEndWithEveryMilestone",
			"NO_EXACT_MATCH, doesNotTakeAnyIdForThatOfATickThatHasGone" })
	void theContractNoticesADefect(Defect defect, String promise) {
		assertThat(failures(defect, promise)).as("failures of '%s'", promise).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "storesARepeatedBatchOnce", "tellsAllOfAnAppendBeforeItAnswersIfItIsLossless",
			"tellsAllOfAReplacementBeforeItAnswersIfItIsLossless", "tellsADeletionBeforeItAnswersIfItIsLossless",
			"leadsFromAnyEventOfALongJobToItsEndWithEveryMilestone" })
	void theContractAcceptsAStoreWithoutDefect(String promise) {
		assertThat(failures(Defect.NONE, promise)).isZero();
	}

	@ParameterizedTest
	@EnumSource(names = "POSITION_CHECK", mode = EnumSource.Mode.EXCLUDE)
	void theChaosRunNoticesATailThatLacksASafety(Safety last) {
		ChaosRun run = new ChaosRun(4, 200, ChaosRun.storeOf(200), NaiveTail.with(last));
		assertThat(run.violations()).isNotEmpty();
	}

	@Test
	void theChaosRunAcceptsATailWithAllSafeties() {
		ChaosRun run = new ChaosRun(4, 200, ChaosRun.storeOf(200), NaiveTail.with(Safety.POSITION_CHECK));
		assertThat(run.violations()).isEmpty();
	}

	@Test
	void theChaosRunNoticesAStoreWithoutIdempotency() {
		ProgressEventStore mutant = new MutantStore(ChaosRun.storeOf(1_000), Defect.NO_IDEMPOTENCY);
		assertThat(new ChaosRun(1, 200, mutant, ChaosRun::goodTail).violations()).isNotEmpty();
	}

	private static long failures(Defect defect, String promise) {
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(DiscoverySelectors.selectMethod(MutantContract.class, promise))
			.configurationParameter(MutantContract.DEFECT, defect.name())
			.build();
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		LauncherFactory.create().execute(request, listener);
		assertThat(listener.getSummary().getTestsStartedCount()).isOne();
		return listener.getSummary().getTestsFailedCount();
	}

}
