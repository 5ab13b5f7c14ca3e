package io.progress.sse.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of jobs.
 */
public enum JobObservationDocumentation implements ObservationDocumentation {

	/** A job, from its admission to its end. */
	JOB {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultJobObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeys.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinalityKeys.values();
		}

		@Override
		public Observation.Event[] getEvents() {
			return Events.values();
		}

	},

	/**
	 * The start of a job, which is over at once: a span is exported when it ends, and a
	 * job may run for hours.
	 */
	STARTED {

		@Override
		public String getName() {
			return "progress.sse.job.started";
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return new KeyName[] { LowCardinalityKeys.JOB };
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return new KeyName[] { HighCardinalityKeys.JOB_ID };
		}

	};

	@Override
	public String getName() {
		return "progress.sse.job";
	}

	/** Keys that have few values. */
	public enum LowCardinalityKeys implements KeyName {

		/** The name of the job. */
		JOB {

			@Override
			public String asString() {
				return "job";
			}

		},

		/** How it has ended; {@code running} until then. */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		},

		/** The simple name of the class of what the work threw; {@code none}. */
		EXCEPTION {

			@Override
			public String asString() {
				return "exception";
			}

		}

	}

	/** Keys that have many values. */
	public enum HighCardinalityKeys implements KeyName {

		/** The id of the job. */
		JOB_ID {

			@Override
			public String asString() {
				return "job.id";
			}

		},

		/** The id of the job that it belongs to. Absent if there is none. */
		JOB_PARENT {

			@Override
			public String asString() {
				return "job.parent";
			}

			@Override
			public boolean isRequired() {
				return false;
			}

		}

	}

	/** What happens in a job. */
	public enum Events implements Observation.Event {

		/**
		 * The job has entered a phase, whose name is the contextual name of the event.
		 */
		PHASE {

			@Override
			public String getName() {
				return "phase";
			}

		}

	}

}
