package io.progress.sse.servlettests;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * On Jetty.
 */
@ExtendWith(OutputCaptureExtension.class)
class JettyFilterTests extends FilterTests {

	JettyFilterTests() {
		super(Container.JETTY);
	}

}
