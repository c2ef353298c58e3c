package io.llmplatform.proxy.upstream.mock;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.upstream.UpstreamRequest;

/**
 * What the mock is asked.
 *
 * @param model   the deployment's name of it
 * @param created seconds since 1970
 */
record Ask(UpstreamRequest request, String model, long created) {
    String id(String prefix) {
        return prefix + "-mock-" + request.requestId();
    }

    Operation operation() {
        return request.operation();
    }

    boolean isForm() {
        return request.contentType().regionMatches(true, 0, "multipart/form-data", 0, 19);
    }

    /** @throws MockRefusal when it is no JSON object */
    Params json() {
        return new Params(MockJson.object(request.body().getBytes()));
    }

    /** @throws MockRefusal when it is no form */
    MultipartForm form() {
        return MultipartForm.parse(request.contentType(), request.body().getBytes());
    }
}
