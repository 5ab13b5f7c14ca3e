package io.progress.sse.sample.convert;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of what may be converted.
 *
 * @param maxPixels Largest picture that is decoded, in pixels: a small file may claim to
 * be a huge picture.
 */
@ConfigurationProperties("sample")
record ConvertProperties(@DefaultValue("40000000") long maxPixels) {

}
