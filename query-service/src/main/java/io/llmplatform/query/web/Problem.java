package io.llmplatform.query.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A problem document (RFC 9457) of the management API. */
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable String instance,
        @Nullable String requestId,
        @Nullable List<FieldError> errors) {

    /** @param field name of the parameter at fault */
    public record FieldError(String field, String message) {}
}
