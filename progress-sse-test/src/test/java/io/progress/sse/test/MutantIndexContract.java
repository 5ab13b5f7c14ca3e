package io.progress.sse.test;

import java.time.Duration;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.memory.InMemoryProgressEventStore;
import io.progress.sse.test.MutantIndex.Defect;

/**
 * The contract of an index with the defect that a configuration parameter names. Its name
 * keeps it from being run by the build, since it has to fail.
 */
@ExtendWith(MutantIndexContract.DefectResolver.class)
class MutantIndexContract extends JobIndexContract {

	static final String DEFECT = "defect";

	private final MutableClock clock = new MutableClock();

	private final Defect defect;

	MutantIndexContract(Defect defect) {
		this.defect = defect;
	}

	@Override
	protected ProgressEventStore createStore(int jobsPerOwner, Duration resultRetention) {
		return new MutantIndex(InMemoryProgressEventStore.builder()
			.clock(this.clock)
			.jobsPerOwner((this.defect == Defect.NO_BOUND) ? 1_000_000 : jobsPerOwner)
			.eventRetention(resultRetention)
			.resultRetention(resultRetention)
			.build(), this.defect);
	}

	@Override
	protected void passTime(Duration duration) {
		this.clock.advance(duration);
	}

	static final class DefectResolver implements ParameterResolver {

		@Override
		public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
			return parameter.getParameter().getType() == Defect.class;
		}

		@Override
		public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
			return context.getConfigurationParameter(DEFECT, Defect::valueOf).orElseThrow();
		}

	}

}
