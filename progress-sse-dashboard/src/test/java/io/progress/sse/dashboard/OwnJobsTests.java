package io.progress.sse.dashboard;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

import io.progress.sse.ProgressTracker;
import io.progress.sse.web.OwnJobsContract;

/**
 * Users and an administrator of an application of each kind that has Spring Security and
 * the dashboard.
 */
@Tag("long")
class OwnJobsTests {

	@Nested
	class InAServletContainer extends SecuredApplication {

		InAServletContainer() {
			super(TestApplication.Stack.SERVLET);
		}

	}

	@Nested
	class InWebFlux extends SecuredApplication {

		InWebFlux() {
			super(TestApplication.Stack.REACTIVE);
		}

	}

	@Timeout(60)
	abstract static class SecuredApplication extends OwnJobsContract {

		private final TestApplication.Stack stack;

		private TestApplication application;

		SecuredApplication(TestApplication.Stack stack) {
			this.stack = stack;
		}

		@BeforeEach
		void start() {
			this.application = TestApplication.secured(this.stack);
		}

		@AfterEach
		void stop() {
			this.application.close();
		}

		@Override
		protected int port() {
			return this.application.port();
		}

		@Override
		protected ProgressTracker tracker() {
			return this.application.bean(ProgressTracker.class);
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
			return this.application.signIn(user);
		}

		@Override
		protected String path() {
			return "/app/progress";
		}

		@Override
		protected List<String> pagesOfAdministrators() {
			return List.of("/dashboard", "/dashboard/dashboard.js");
		}

	}

}
