package io.progress.sse.sample;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import io.progress.sse.ProgressException;
import reactor.core.publisher.Flux;
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
	 * Saves pictures for somebody who takes them over and deletes them in the end. If
	 * nobody does, because there is no picture or the visitor has left, they are deleted
	 * here. A file that comes alone must be a picture; of several, those that are none
	 * are found out one by one, later.
	 */
	<T> Mono<T> receive(List<Part> parts, Function<List<Upload>, T> taker) {
		return Mono.usingWhen(Mono.fromSupplier(() -> new CopyOnWriteArrayList<Upload>()),
				(uploads) -> Flux.fromIterable(parts)
					.concatMap((part) -> save(part, uploads))
					.then(Mono.fromCallable(() -> taker.apply(checked(uploads)))),
				(uploads) -> Mono.empty(), (uploads, ex) -> delete(uploads), Uploads::delete);
	}

	private Mono<Void> save(Part part, List<Upload> uploads) {
		if (!(part instanceof FilePart file)) {
			return Mono
				.error(new ResponseStatusException(HttpStatus.BAD_REQUEST, "'file' must be a file, but is a text"));
		}
		return Mono.fromCallable(() -> new Upload(this.folder.newFile(".upload"), file.filename()))
			.subscribeOn(Schedulers.boundedElastic())
			.doOnNext(uploads::add)
			.flatMap((upload) -> file.transferTo(upload.file()))
			.publishOn(Schedulers.boundedElastic());
	}

	private static Mono<Void> delete(List<Upload> uploads) {
		return Mono.<Void>fromRunnable(() -> uploads.forEach(Upload::delete)).subscribeOn(Schedulers.boundedElastic());
	}

	private static List<Upload> checked(List<Upload> uploads) throws IOException {
		if (uploads.size() == 1) {
			check(uploads.get(0));
		}
		return uploads;
	}

	private static void check(Upload upload) throws IOException {
		try {
			SourceImage.open(upload.file()).close();
		}
		catch (ProgressException ex) {
			throw new ResponseStatusException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, ex.getMessage(), ex);
		}
	}

}
