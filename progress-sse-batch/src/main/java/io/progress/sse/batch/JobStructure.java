package io.progress.sse.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.job.flow.FlowJob;
import org.springframework.batch.core.job.flow.FlowStep;
import org.springframework.batch.core.job.flow.FlowHolder;
import org.springframework.batch.core.job.flow.State;
import org.springframework.batch.core.job.flow.support.SimpleFlow;
import org.springframework.batch.core.job.flow.support.StateTransition;
import org.springframework.batch.core.job.flow.support.state.DecisionState;
import org.springframework.batch.core.job.flow.support.state.SplitState;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.PartitionStep;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.step.ListableStepLocator;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepHolder;
import org.springframework.batch.core.step.job.JobStep;

import io.progress.sse.support.ForeignCode;

/**
 * Reads the steps of a job from its definition.
 */
final class JobStructure {

	private static final Logger logger = LoggerFactory.getLogger(JobStructure.class);

	private static final String COMPLETED = "COMPLETED";

	private JobStructure() {
	}

	/**
	 * Returns the stages in the order in which a job that succeeds comes to them. Of a
	 * decision all branches are listed. Steps that only run after a failure are left out.
	 * @return the stages; empty if the definition does not tell them
	 */
	static List<Stage> stages(Job job) {
		return ForeignCode.ask(() -> parts(job).stream().map(JobStructure::stage).toList(), List.of(),
				(ex) -> logger.debug("The steps of job '{}' are not known before it runs", job.getName(), ex));
	}

	private static Stage stage(List<Step> steps) {
		List<String> names = new ArrayList<>();
		steps.forEach((step) -> names(step, names));
		return Stage.of(names);
	}

	/**
	 * Returns the steps and nested jobs that belong to a step.
	 */
	static List<Object> nested(Step step) {
		if (step instanceof FlowStep) {
			Flow flow = Reflected.field(step, FlowStep.class, "flow", Flow.class);
			return (flow != null) ? new ArrayList<>(steps(flow)) : List.of();
		}
		if (step instanceof JobStep) {
			Job job = Reflected.field(step, JobStep.class, "job", Job.class);
			return (job != null) ? List.of(job) : List.of();
		}
		Step worker = worker(step);
		return (worker != null) ? List.of(worker) : List.of();
	}

	/**
	 * Returns the step that runs the partitions of a step in this process.
	 */
	static @Nullable Step worker(Step step) {
		if (step instanceof PartitionStep) {
			Object handler = Reflected.field(step, PartitionStep.class, "partitionHandler", PartitionHandler.class);
			return (handler instanceof StepHolder holder) ? holder.getStep() : null;
		}
		return null;
	}

	/**
	 * Returns how the names of the partitions of a step begin.
	 * @return the name of the worker and a colon; {@code null} if it has no partitions
	 */
	static @Nullable String partitionPrefix(Step step) {
		if (!(step instanceof PartitionStep)) {
			return null;
		}
		StepExecutionSplitter splitter = Reflected.field(step, PartitionStep.class, "stepExecutionSplitter",
				StepExecutionSplitter.class);
		return ((splitter != null) ? splitter.getStepName() : step.getName()) + ":";
	}

	/**
	 * Returns all steps of a job that its definition names, each once.
	 */
	static Collection<Step> steps(Job job) {
		Set<Step> steps = new LinkedHashSet<>();
		if (job instanceof FlowJob) {
			Flow flow = Reflected.field(job, FlowJob.class, "flow", Flow.class);
			return (flow != null) ? steps(flow) : steps;
		}
		if (job instanceof ListableStepLocator locator) {
			for (String name : locator.getStepNames()) {
				Step step = locator.getStep(name);
				if (step != null) {
					steps.add(step);
				}
			}
		}
		return steps;
	}

	private static Collection<Step> steps(Flow flow) {
		Set<Step> steps = new LinkedHashSet<>();
		for (State state : initialized(flow).getStates()) {
			if (state instanceof StepHolder holder) {
				steps.add(holder.getStep());
			}
			else if (state instanceof FlowHolder holder) {
				holder.getFlows().forEach((each) -> steps.addAll(steps(each)));
			}
		}
		return steps;
	}

	private static List<List<Step>> parts(Job job) {
		List<List<Step>> parts = new ArrayList<>();
		if (job instanceof FlowJob) {
			Flow flow = Reflected.field(job, FlowJob.class, "flow", Flow.class);
			if (flow != null) {
				parts(flow, parts);
			}
			return parts;
		}
		steps(job).forEach((step) -> parts.add(List.of(step)));
		return parts;
	}

	/**
	 * Has a flow find its states, as it does when it starts.
	 */
	private static Flow initialized(Flow flow) {
		if (flow instanceof SimpleFlow simple) {
			try {
				simple.afterPropertiesSet();
			}
			catch (Exception ex) {
				throw new IllegalStateException("Flow '" + flow.getName() + "' cannot be read", ex);
			}
		}
		return flow;
	}

	private static void parts(Flow flow, List<List<Step>> parts) {
		if (!(initialized(flow) instanceof SimpleFlow simple) || simple.getStartState() == null) {
			return;
		}
		Map<?, ?> transitions = Reflected.field(simple, SimpleFlow.class, "transitionMap", Map.class);
		List<State> order = new ArrayList<>();
		visit(simple, simple.getStartState(), (transitions != null) ? transitions : Map.of(), order,
				new LinkedHashSet<>());
		for (int i = order.size() - 1; i >= 0; i--) {
			State state = order.get(i);
			if (state instanceof StepHolder holder) {
				parts.add(List.of(holder.getStep()));
			}
			else if (state instanceof SplitState split) {
				List<Step> together = new ArrayList<>();
				split.getFlows().forEach((each) -> together.addAll(inOrder(each)));
				parts.add(together);
			}
			else if (state instanceof FlowHolder holder) {
				holder.getFlows().forEach((each) -> parts(each, parts));
			}
		}
	}

	private static List<Step> inOrder(Flow flow) {
		List<List<Step>> parts = new ArrayList<>();
		parts(flow, parts);
		return parts.stream().flatMap(List::stream).toList();
	}

	/**
	 * Adds the states behind a state, and then itself: read backwards, each state comes
	 * before those that follow it.
	 */
	private static void visit(SimpleFlow flow, State state, Map<?, ?> transitions, List<State> order,
			Set<String> seen) {
		if (!seen.add(state.getName())) {
			return;
		}
		List<State> next = new ArrayList<>();
		if (transitions.get(state.getName()) instanceof Collection<?> ways) {
			for (Object way : ways) {
				if (way instanceof StateTransition transition && !transition.isEnd()
						&& (state instanceof DecisionState || transition.matches(COMPLETED))) {
					State target = flow.getState(transition.getNext());
					if (target != null) {
						next.add(0, target);
					}
					if (!(state instanceof DecisionState)) {
						break;
					}
				}
			}
		}
		next.forEach((each) -> visit(flow, each, transitions, order, seen));
		order.add(state);
	}

	private static void names(Step step, List<String> names) {
		if (step instanceof FlowStep) {
			nested(step).forEach((each) -> names((Step) each, names));
		}
		else {
			names.add(step.getName());
		}
	}

}
