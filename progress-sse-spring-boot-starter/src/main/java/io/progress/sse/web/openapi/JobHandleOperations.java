package io.progress.sse.web.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.GlobalOperationCustomizer;

import org.springframework.core.ResolvableType;
import org.springframework.web.method.HandlerMethod;

import io.progress.sse.JobHandle;

/**
 * Describes what controllers that return a {@link JobHandle} really answer: 202 and the
 * URLs of the job.
 */
final class JobHandleOperations implements GlobalOperationCustomizer {

	private static final String LINKS = "#/components/schemas/ProgressJobLinks";

	@Override
	public Operation customize(Operation operation, HandlerMethod method) {
		if (returnsJob(ResolvableType.forMethodParameter(method.getReturnType())) && operation.getResponses() != null
				&& operation.getResponses().containsKey("200")) {
			operation.getResponses().remove("200");
			operation.getResponses().addApiResponse("202", accepted());
		}
		return operation;
	}

	/**
	 * Whether a type is a job, or holds exactly one, such as a {@code Mono}.
	 */
	private static boolean returnsJob(ResolvableType type) {
		return JobHandle.class.isAssignableFrom(type.toClass()) || (!Iterable.class.isAssignableFrom(type.toClass())
				&& type.getGenerics().length == 1 && returnsJob(type.getGeneric()));
	}

	private static ApiResponse accepted() {
		return new ApiResponse().description("The job has been started")
			.addHeaderObject("Location", new Header().description("Path of the state of the job"))
			.content(
					new Content().addMediaType("application/json", new MediaType().schema(new Schema<>().$ref(LINKS))));
	}

}
