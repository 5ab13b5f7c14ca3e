package io.progress.sse.servlettests;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * On Tomcat.
 */
@ExtendWith(OutputCaptureExtension.class)
class TomcatMvcTests extends PlainMvcTests {

	TomcatMvcTests() {
		super(Container.TOMCAT, "progress.sse.heartbeat=300ms");
	}

}
