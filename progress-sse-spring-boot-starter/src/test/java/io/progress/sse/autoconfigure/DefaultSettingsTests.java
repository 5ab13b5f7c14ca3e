package io.progress.sse.autoconfigure;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

import io.progress.sse.stream.StreamSettings;
import io.progress.sse.web.WebSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Defaults of properties, and of settings made without properties.
 */
class DefaultSettingsTests {

	private final ProgressStreamProperties properties = Binder.get(new MockEnvironment())
		.bindOrCreate("progress.sse", ProgressStreamProperties.class);

	@Test
	void ofEndpointsAreTheSame() {
		assertThat(this.properties.toWebSettings()).isEqualTo(WebSettings.DEFAULTS);
	}

	@Test
	void ofStreamsAreTheSame() {
		assertThat(this.properties.toStreamSettings(DefaultMaxStreams.REACTIVE)).isEqualTo(StreamSettings.DEFAULTS);
	}

}
