package io.progress.sse.servlettests;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * On Jetty.
 */
@ExtendWith(OutputCaptureExtension.class)
class JettyMvcTests extends PlainMvcTests {

	JettyMvcTests() {
		super(Container.JETTY, "progress.sse.heartbeat=300ms");
	}

}
