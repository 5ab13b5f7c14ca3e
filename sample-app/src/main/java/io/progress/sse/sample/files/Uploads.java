package io.progress.sse.sample.files;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpStatus;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * Puts what visitors send into files.
 */
@Component
public class Uploads {

	private final TemporaryFolder folder;

	Uploads(TemporaryFolder folder) {
		this.folder = folder;
	}

	/**
	 * Saves files for a caller who takes them over and deletes them in the end. If nobody
	 * does, because the taker fails or the visitor has left, they are deleted here.
	 * @param <T> what becomes of them
	 * @param parts the files, as they come in
	 * @param taker takes the files over unless it throws; may block
	 * @return what the taker returns; fails with status 400 if a part is no file
	 */
	public <T> Mono<T> receive(List<Part> parts, Taker<T> taker) {
		return Mono.usingWhen(Mono.fromSupplier(() -> new CopyOnWriteArrayList<Upload>()),
				(uploads) -> Flux.fromIterable(parts)
					.concatMap((part) -> save(part, uploads))
					.then(Mono.fromCallable(() -> taker.take(uploads))),
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

	/**
	 * Takes files over.
	 *
	 * @param <T> what becomes of them
	 */
	@FunctionalInterface
	public interface Taker<T> {

		/**
		 * Takes files over, or throws and leaves them.
		 * @param uploads the files
		 * @return what becomes of them
		 * @throws IOException if a file cannot be read
		 */
		T take(List<Upload> uploads) throws IOException;

	}

}
