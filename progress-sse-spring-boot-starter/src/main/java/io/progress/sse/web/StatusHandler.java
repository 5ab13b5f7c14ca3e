package io.progress.sse.web;

import java.util.List;
import java.util.stream.Collectors;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventPage;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.stream.format.ProgressEventFormats;
import io.progress.sse.web.access.Caller;
import io.progress.sse.web.access.JobAccessPolicy;

/**
 * Answers polling clients with the states of jobs. A bean of this type, most simply a
 * subclass, replaces the default.
 */
public class StatusHandler {

	private final EventStreams feeds;

	private final JobAccess access;

	private final ProgressEventFormats formats;

	private final PollAnswers answers;

	private final JobLists lists;

	/**
	 * Creates the handler.
	 * @param feeds finds the jobs
	 * @param access decides who may see a job
	 * @param formats all formats
	 * @param settings the settings
	 */
	public StatusHandler(EventStreams feeds, JobAccess access, ProgressEventFormats formats, WebSettings settings) {
		this.feeds = feeds;
		this.access = access;
		this.formats = formats;
		this.answers = new PollAnswers(settings.pollInterval());
		this.lists = new JobLists(feeds, access, formats, settings.list(), this.answers);
	}

	/**
	 * Responds with the state of a job.
	 * @param request the request
	 * @param job the job
	 * @param format name of the format
	 * @return the response
	 */
	public Mono<ServerResponse> status(ServerRequest request, JobId job, String format) {
		return this.access.streamCaller(request, List.of(job))
			.flatMap((caller) -> visible(caller, job))
			.flatMap((page) -> this.answers.respond(request, EntityTag.of(page.latest().id().toString()), page.ended(),
					() -> this.formats.snapshot(format, page.latest().event())))
			.switchIfEmpty(Mono.defer(() -> Problem.unknownJob().toResponse()))
			.onErrorResume(this.answers::failed);
	}

	/**
	 * Responds with the states of those jobs that the caller may see.
	 * @param request the request
	 * @param jobs the jobs
	 * @param format name of the format
	 * @return the response
	 */
	public Mono<ServerResponse> statuses(ServerRequest request, List<JobId> jobs, String format) {
		return this.access.streamCaller(request, jobs)
			.flatMap((caller) -> Flux.fromIterable(jobs).flatMapSequential((job) -> visible(caller, job)).collectList())
			.flatMap((pages) -> this.answers.respond(request, tagOf(pages),
					pages.size() == jobs.size() && pages.stream().allMatch(EventPage::ended),
					() -> this.formats.snapshots(format, pages.stream().map((page) -> page.latest().event()).toList())))
			.onErrorResume(this.answers::failed);
	}

	/**
	 * Responds with a page of the jobs that the caller may list.
	 * @param request the request, whose parameters say which
	 * @param format name of the format
	 * @return the response
	 */
	public Mono<ServerResponse> list(ServerRequest request, String format) {
		return this.lists.list(request, format);
	}

	private Mono<EventPage> visible(Caller caller, JobId job) {
		return this.feeds.look(job)
			.filterWhen((page) -> this.access.permits(caller, page.job(), JobAccessPolicy.Action.WATCH));
	}

	private static EntityTag tagOf(List<EventPage> pages) {
		return EntityTag.of(pages.stream()
			.map((page) -> page.job().id() + ":" + page.latest().id())
			.collect(Collectors.joining("~")));
	}

}
