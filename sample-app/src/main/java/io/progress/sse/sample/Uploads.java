package io.progress.sse.sample;

import java.io.IOException;
import java.util.function.Function;

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

	/**
	 * Saves a picture for somebody who takes it over and deletes it in the end. If nobody
	 * does, because it is no picture or the visitor has left, it is deleted here.
	 */
	<T> Mono<T> receive(Part part, Function<Upload, T> taker) {
		if (!(part instanceof FilePart file)) {
			return Mono
				.error(new ResponseStatusException(HttpStatus.BAD_REQUEST, "'file' must be a file, but is a text"));
		}
		Mono<Upload> empty = Mono.fromCallable(() -> new Upload(this.folder.newFile(".upload"), file.filename()));
		return Mono.usingWhen(empty.subscribeOn(Schedulers.boundedElastic()),
				(upload) -> file.transferTo(upload.file())
					.publishOn(Schedulers.boundedElastic())
					.then(Mono.fromCallable(() -> taker.apply(checked(upload)))),
				(upload) -> Mono.empty(), (upload, ex) -> delete(upload), Uploads::delete);
	}

	private static Mono<Void> delete(Upload upload) {
		return Mono.<Void>fromRunnable(upload::delete).subscribeOn(Schedulers.boundedElastic());
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
