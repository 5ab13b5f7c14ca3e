package io.progress.sse.sample.process;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.Phase;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Service;

/**
 * Finds out what the site is about: crawls it, groups its pages, and sums each group up
 * in its own words. On threads of its own, so that it keeps nobody waiting.
 */
@Service
class Analyses implements DisposableBean {

	private final ProgressTracker tracker;

	private final Crawler crawler;

	private final ExecutorService workers;

	Analyses(ProgressTracker tracker, Crawler crawler, ProcessProperties properties) {
		this.tracker = tracker;
		this.crawler = crawler;
		ThreadPoolExecutor workers = new ThreadPoolExecutor(properties.workers(), properties.workers(), 30,
				TimeUnit.SECONDS, new LinkedBlockingQueue<>(properties.maxWaiting()),
				new CustomizableThreadFactory("analysis-"));
		workers.allowCoreThreadTimeOut(true);
		this.workers = workers;
	}

	JobHandle start(AnalysisRequest request) {
		return this.tracker.start(JobSpec.named("site-analysis"), (progress) -> analyse(request, progress),
				this.workers);
	}

	private List<Topic> analyse(AnalysisRequest request, ProgressReporter progress) throws Exception {
		progress.plan(Phase.of("crawling", 1), Phase.of("clustering", 0.2), Phase.of("summarizing", 0.2));
		progress.phase("crawling");
		List<Page> pages = this.crawler.crawl(request.start(), progress);
		progress.message("comparing " + pages.size() + " pages");
		progress.phase("clustering");
		List<Page> articles = pages.stream().filter((page) -> !page.text().isBlank()).toList();
		TermSpace space = new TermSpace(articles.stream().map(Page::text).toList());
		List<Vector> vectors = articles.stream().map((page) -> space.weigh(page.text())).toList();
		KMeans groups = KMeans.best(vectors, request.clusters(), progress.each(vectors));
		progress.message("writing the summary");
		progress.phase("summarizing");
		List<Topic> topics = summarize(groups, articles, space, progress);
		progress.message(pages.size() + " pages, " + topics.size() + " topics");
		progress.result("pages", pages.size());
		progress.result("topics", topics.stream().map(Topic::toMap).toList());
		progress.result("summary", topics.stream().map(Topic::summary).collect(Collectors.joining(" ")));
		return topics;
	}

	private static List<Topic> summarize(KMeans groups, List<Page> pages, TermSpace space, ProgressReporter progress) {
		List<Topic> topics = new ArrayList<>();
		progress.total(groups.count());
		for (int group = 0; group < groups.count(); group++) {
			List<Page> members = groups.members(group).mapToObj(pages::get).toList();
			if (!members.isEmpty()) {
				topics.add(Topic.of(groups.centre(group), members, space));
			}
			progress.advance();
		}
		topics.sort(Comparator.comparing((topic) -> topic.terms().get(0)));
		return topics;
	}

	@Override
	public void destroy() {
		this.workers.shutdownNow();
	}

}
