/**
 * Files are scanned, transcoded and stored: the upload-processing API.
 */
@NullMarked
package io.progress.sse.sample.upload;

import org.jspecify.annotations.NullMarked;
