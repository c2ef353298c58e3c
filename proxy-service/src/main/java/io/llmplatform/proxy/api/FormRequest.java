package io.llmplatform.proxy.api;

import io.llmplatform.proxy.api.ApiRequest.Range;
import io.llmplatform.proxy.api.ApiRequest.Steering;
import io.llmplatform.proxy.wire.ApiError;

/** Reads a request that is a form with files. */
public final class FormRequest {
    private FormRequest() {}

    public static ApiRequest scan(Operation operation, byte[] body, String contentType) throws BadRequestException {
        FormScan form;
        try {
            form = FormScan.scan(body, contentType);
        } catch (MalformedFormException e) {
            throw new BadRequestException(ApiError.invalid(e.param(), e.sentence()));
        }
        return new ApiRequest(
                operation,
                body,
                contentType,
                form.model(),
                new Range(form.modelFrom(), form.modelTo()),
                form.stream(),
                null,
                Steering.NONE,
                0);
    }
}
