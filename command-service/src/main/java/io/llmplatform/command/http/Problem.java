package io.llmplatform.command.http;

import io.llmplatform.command.refusal.Refusal.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** An RFC 9457 problem document, as {@code management.yaml} has it. */
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable String instance,
        @Nullable String requestId,
        @Nullable List<FieldError> errors,
        @Nullable Long currentVersion) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** @param name the last part of the problem's type, such as {@code name-taken} */
    public static Problem of(HttpStatus status, String name, @Nullable String detail) {
        return new Problem(
                "urn:llm-platform:problem:" + name,
                status.getReasonPhrase(),
                status.value(),
                detail,
                null,
                null,
                null,
                null);
    }

    Problem withErrors(List<FieldError> fields) {
        return new Problem(type, title, status, detail, instance, requestId, fields, currentVersion);
    }

    Problem withCurrentVersion(long version) {
        return new Problem(type, title, status, detail, instance, requestId, errors, version);
    }

    Problem in(String path, @Nullable String request) {
        return new Problem(type, title, status, detail, path, request, errors, currentVersion);
    }
}
