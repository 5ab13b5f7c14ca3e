package io.progress.sse.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import io.progress.sse.store.JobPage;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.ListedJob;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.stream.format.ProgressEventFormats;
import io.progress.sse.stream.frame.FrameBuffer;
import io.progress.sse.stream.frame.PlainJson;
import io.progress.sse.support.Sha256;

/**
 * Answers requests for lists of jobs. A list holds only jobs that the caller may watch.
 */
final class JobLists {

	/** For how many jobs of a page the policy decides at the same time. */
	private static final int QUESTIONS = 16;

	private final EventStreams feeds;

	private final JobAccess access;

	private final ProgressEventFormats formats;

	private final WebSettings.Lists settings;

	private final PollAnswers answers;

	JobLists(EventStreams feeds, JobAccess access, ProgressEventFormats formats, WebSettings.Lists settings,
			PollAnswers answers) {
		this.feeds = feeds;
		this.access = access;
		this.formats = formats;
		this.settings = settings;
		this.answers = answers;
	}

	Mono<ServerResponse> list(ServerRequest request, String format) {
		return ListOwner.of(request.exchange(), this.feeds, this.access)
			.flatMap((owner) -> page(request.exchange().getRequest(), owner)
				.flatMap((page) -> respond(request, page, rows(page, owner), format)))
			.onErrorResume(this.answers::failed);
	}

	private Mono<JobPage> page(ServerHttpRequest request, ListOwner owner) {
		JobQuery query = JobListRequest.query(request, owner.name(), this.settings);
		return this.feeds.jobs(query)
			.onErrorMap((ex) -> ex instanceof IllegalArgumentException && query.cursor() != null,
					(ex) -> RefusedListException.malformed("cursor", "the 'next' of the page before",
							String.valueOf(query.cursor())))
			.flatMap((page) -> visible(page, owner));
	}

	private Mono<JobPage> visible(JobPage page, ListOwner owner) {
		return Flux.fromIterable(page.jobs())
			.flatMapSequential((job) -> Mono.just(job).filterWhen((each) -> owner.sees(each.job())), QUESTIONS)
			.collectList()
			.map((jobs) -> new JobPage(jobs, page.next()));
	}

	private List<Row> rows(JobPage page, ListOwner owner) {
		return page.jobs().stream().map((job) -> new Row(job, owner.isEverybody() ? place(job) : Map.of())).toList();
	}

	/**
	 * Where a job runs, and how many watch it from here: for those who may list the jobs
	 * of all owners, not for owners.
	 */
	private Map<String, Object> place(ListedJob job) {
		Map<String, Object> place = new LinkedHashMap<>();
		if (job.job().node() != null) {
			place.put("node", job.job().node());
		}
		place.put("viewers", this.feeds.viewers(job.job().id()));
		return place;
	}

	private Mono<ServerResponse> respond(ServerRequest request, JobPage page, List<Row> rows, String format) {
		return this.answers.respond(request, tag(rows, page.next()), false, () -> json(rows, page.next(), format));
	}

	private static EntityTag tag(List<Row> rows, @Nullable String next) {
		StringBuilder text = new StringBuilder();
		for (Row row : rows) {
			ListedJob each = row.job();
			boolean overdue = each.lease() != null && each.lease().isNegative();
			text.append(each.job().id()).append(':').append(each.latest().id()).append(overdue ? "!" : "~");
			text.append(row.place().getOrDefault("viewers", ""));
		}
		return EntityTag.of(Sha256.hex(text.append(next).toString()));
	}

	private byte[] json(List<Row> rows, @Nullable String next, String format) {
		FrameBuffer out = new FrameBuffer().ascii("{\"jobs\":[");
		boolean first = true;
		for (Row row : rows) {
			out.ascii(first ? "" : ",").write(this.formats.listed(format, row.job(), row.place()));
			first = false;
		}
		out.ascii("],\"next\":");
		PlainJson.write(next, out);
		return out.ascii("}").toByteArray();
	}

	/**
	 * A job, and what only some callers are told of it.
	 */
	private record Row(ListedJob job, Map<String, Object> place) {

	}

}
