package io.progress.sse.web.servlet;

import java.io.IOException;
import java.io.OutputStream;

import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.context.request.async.DeferredResult;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;

/**
 * Writes a stream frame by frame. It requests the next frame only when the previous one
 * is written.
 */
final class FrameWriter extends BaseSubscriber<DataBuffer> {

	private static final Logger logger = LoggerFactory.getLogger(FrameWriter.class);

	private final OutputStream out;

	private final BufferedResponse answer;

	private final DeferredResult<Object> end;

	/** Used only on the writing thread. */
	private boolean broken;

	FrameWriter(OutputStream out, BufferedResponse answer, DeferredResult<Object> end) {
		this.out = out;
		this.answer = answer;
		this.end = end;
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		subscription.request(1);
	}

	@Override
	protected void hookOnNext(DataBuffer frame) {
		try {
			byte[] bytes = new byte[frame.readableByteCount()];
			frame.read(bytes);
			DataBufferUtils.release(frame);
			this.out.write(bytes);
			this.out.flush();
			request(1);
		}
		catch (IOException ex) {
			// The container notices this, too, and ends the request itself.
			logger.debug("The client has disconnected", ex);
			this.broken = true;
			cancel();
		}
	}

	@Override
	protected void hookOnError(Throwable ex) {
		logger.debug("Stream ended early", ex);
	}

	@Override
	protected void hookFinally(SignalType type) {
		this.answer.sent();
		if (!this.broken) {
			this.end.setResult(null);
		}
	}

}
