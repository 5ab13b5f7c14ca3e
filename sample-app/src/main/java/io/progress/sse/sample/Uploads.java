package io.progress.sse.sample;

import java.io.IOException;

import io.progress.sse.ProgressException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpStatus;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * Puts what visitors send into files, if it is a picture.
 */
@Component
class Uploads {

	private final TemporaryFolder folder;

	Uploads(TemporaryFolder folder) {
		this.folder = folder;
	}

	Mono<Upload> receive(Part part) {
		return (part instanceof FilePart file) ? save(file) : Mono
			.error(new ResponseStatusException(HttpStatus.BAD_REQUEST, "'file' must be a file, but is a text"));
	}

	private Mono<Upload> save(FilePart part) {
		return Mono.fromCallable(() -> new Upload(this.folder.newFile(".upload"), part.filename()))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((upload) -> part.transferTo(upload.file())
				.publishOn(Schedulers.boundedElastic())
				.then(Mono.fromCallable(() -> checked(upload)))
				.doOnError((ex) -> upload.delete()));
	}

	private static Upload checked(Upload upload) throws IOException {
		try {
			SourceImage.open(upload.file()).close();
			return upload;
		}
		catch (ProgressException ex) {
			throw new ResponseStatusException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, ex.getMessage(), ex);
		}
	}

}
