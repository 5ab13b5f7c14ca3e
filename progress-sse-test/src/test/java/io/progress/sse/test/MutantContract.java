package io.progress.sse.test;

import java.time.Duration;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.memory.InMemoryProgressEventStore;
import io.progress.sse.test.MutantStore.Defect;

/**
 * The contract of a store with the defect that a configuration parameter names. Its name
 * keeps it from being run by the build, since it has to fail.
 */
@ExtendWith(MutantContract.DefectResolver.class)
class MutantContract extends ProgressEventStoreContract {

	static final String DEFECT = "defect";

	private final MutableClock clock = new MutableClock();

	private final Defect defect;

	MutantContract(Defect defect) {
		this.defect = defect;
	}

	@Override
	protected ProgressEventStore createStore(int eventsPerJob, Duration eventRetention, Duration resultRetention) {
		return new MutantStore(InMemoryProgressEventStore.builder()
			.clock(this.clock)
			.eventsPerJob(eventsPerJob)
			.eventRetention(eventRetention)
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
