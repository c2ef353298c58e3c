package io.llmplatform.proxy.upstream.mock;

import io.llmplatform.proxy.api.Operation;
import io.vertx.core.buffer.Buffer;

/** Writes a multipart form as an SDK does. */
final class Form {
    static final String TYPE = "multipart/form-data; boundary=----formdata-7MA4Y";
    private final Buffer body = Buffer.buffer();

    Form field(String name, String value) {
        body.appendString("------formdata-7MA4Y\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n"
                + value + "\r\n");
        return this;
    }

    Form file(String name, String fileName, byte[] bytes) {
        body.appendString("------formdata-7MA4Y\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\""
                        + fileName + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .appendBytes(bytes)
                .appendString("\r\n");
        return this;
    }

    Buffer end() {
        return body.copy().appendString("------formdata-7MA4Y--\r\n");
    }

    Ask ask(Operation operation) {
        return Mock.ask(operation, TYPE, end(), false, "m");
    }
}
