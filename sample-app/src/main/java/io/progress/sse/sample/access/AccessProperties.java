package io.progress.sse.sample.access;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call.
 *
 * @param apiKeys Keys that are known.
 */
@ConfigurationProperties("sample")
record AccessProperties(@DefaultValue( {
		"demo-key", "sk-demo" }) List<String> apiKeys){

}
