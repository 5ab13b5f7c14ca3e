package io.progress.sse.autoconfigure;

import java.time.Duration;

import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

import io.progress.sse.stream.admission.EventStreams;

/**
 * Ends all streams when this application shuts down, and when it is paused, for instance
 * for a checkpoint. The close event of a child context also reaches its parents; it ends
 * nothing, even if the child serves the streams.
 */
final class StreamsLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

	/** Longest wait for the last bytes to be sent. */
	private static final Duration GOODBYE = Duration.ofMillis(1_500);

	/**
	 * Stops before the web server, which waits for the streams of a graceful shutdown.
	 */
	private static final int PHASE = DEFAULT_PHASE - 512;

	private final EventStreams streams;

	private final ConfigurableApplicationContext context;

	private volatile boolean running;

	private boolean paused;

	StreamsLifecycle(EventStreams streams, ConfigurableApplicationContext context) {
		this.streams = streams;
		this.context = context;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.context) {
			this.streams.sayGoodbye(GOODBYE);
		}
	}

	@Override
	public void start() {
		if (this.paused) {
			this.streams.reopen();
		}
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		if (!this.context.isClosed()) {
			this.streams.sayGoodbye(GOODBYE);
			this.streams.close();
			this.paused = true;
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
