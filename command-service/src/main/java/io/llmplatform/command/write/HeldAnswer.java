package io.llmplatform.command.write;

import io.llmplatform.contracts.http.Headers;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** An answer that is held back until its transaction is over, for it may have to become another one. */
final class HeldAnswer extends ContentCachingResponseWrapper {
    private @Nullable String consistencyToken;

    HeldAnswer(HttpServletResponse response) {
        super(response);
    }

    /** Forgets body and consistency token. */
    void discard() {
        resetBuffer();
        consistencyToken = null;
    }

    void send() throws IOException {
        if (consistencyToken != null) {
            super.setHeader(Headers.CONSISTENCY_TOKEN, consistencyToken);
        }
        copyBodyToResponse();
    }

    @Override
    public void setHeader(String name, String value) {
        if (name.equalsIgnoreCase(Headers.CONSISTENCY_TOKEN)) {
            consistencyToken = value;
        } else {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (name.equalsIgnoreCase(Headers.CONSISTENCY_TOKEN)) {
            consistencyToken = value;
        } else {
            super.addHeader(name, value);
        }
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equalsIgnoreCase(Headers.CONSISTENCY_TOKEN) ? consistencyToken : super.getHeader(name);
    }
}
