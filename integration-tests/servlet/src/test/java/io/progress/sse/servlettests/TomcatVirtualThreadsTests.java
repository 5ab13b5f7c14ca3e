package io.progress.sse.servlettests;

import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * On Tomcat with virtual threads.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
@ExtendWith(OutputCaptureExtension.class)
class TomcatVirtualThreadsTests extends PlainMvcTests {

	TomcatVirtualThreadsTests() {
		super(Container.TOMCAT, "progress.sse.heartbeat=300ms", "spring.threads.virtual.enabled=true");
	}

}
