package io.progress.sse.web;

import java.util.Map;

import io.progress.sse.event.ProgressEvent;
import io.progress.sse.stream.format.ProgressEventFormat;

/**
 * A format of an application that sends fragments of HTML.
 */
public final class HtmlFormat implements ProgressEventFormat {

	@Override
	public String name() {
		return "html";
	}

	@Override
	public String eventName(ProgressEvent event) {
		return "message";
	}

	@Override
	public boolean usesBrowserEventNames() {
		return true;
	}

	@Override
	public String text(ProgressEvent event) {
		return "<li>\n" + event.state().wireName() + "\r\n</li>";
	}

	@Override
	public Object data(ProgressEvent event) {
		return Map.of("state", event.state().wireName());
	}

}
