package io.progress.sse.sample.mvc;

import java.util.List;

import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.progress.sse.ProgressTracker;
import io.progress.sse.web.OwnJobsContract;

/**
 * The two users and the administrator: each sees exactly theirs. In a context of its own,
 * because other tests leave jobs in theirs.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.application.name=own-jobs", "server.shutdown=immediate" })
@Timeout(60)
class OwnJobsTests extends OwnJobsContract {

	@LocalServerPort
	private int port;

	@Autowired
	private ProgressTracker tracker;

	@Override
	protected int port() {
		return this.port;
	}

	@Override
	protected ProgressTracker tracker() {
		return this.tracker;
	}

	@Override
	protected List<String> users() {
		return List.of("alice", "bob");
	}

	@Override
	protected String administrator() {
		return "admin";
	}

	@Override
	protected String signIn(String user) throws Exception {
		return new Visitor(this.port).login(user).session();
	}

	@Override
	protected List<String> pagesOfAdministrators() {
		return List.of("/dashboard", "/dashboard/dashboard.js");
	}

}
