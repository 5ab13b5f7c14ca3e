package io.progress.sse.redis;

import java.time.Instant;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;

/**
 * The JSON of the unchanging properties of a job.
 */
final class JobDocument {

	private JobDocument() {
	}

	static byte[] write(JobInfo info) {
		return new Document().with("name", info.name())
			.with("owner", info.owner())
			.withText("parent", info.parent())
			.withText("createdAt", info.createdAt())
			.with("node", info.node())
			.write();
	}

	static JobInfo read(JobId id, byte[] json) {
		Document document = Document.read(json);
		return new JobInfo(id, document.text("name"), document.optional("owner", String.class),
				document.optional("parent", JobId::of), document.required("createdAt", Instant::parse),
				document.optional("node", String.class));
	}

}
