package io.llmplatform.command.write;

import io.llmplatform.command.caller.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A write that is done in one transaction.
 *
 * @param key         of {@code Idempotency-Key}; null for a dry run, which has nothing to repeat
 * @param fingerprint of everything that makes the request this one; kept sealed, for bodies may hold passwords
 */
record WriteRequest(Caller caller, @Nullable String key, String fingerprint) {
    private static final String ATTRIBUTE = WriteRequest.class.getName();

    static WriteRequest keyed(Caller caller, String key, HttpServletRequest request) throws IOException {
        return new WriteRequest(caller, key, fingerprint(request));
    }

    static WriteRequest dry(Caller caller) {
        return new WriteRequest(caller, null, "");
    }

    boolean isDryRun() {
        return key == null;
    }

    /** The key of one that is not a dry run. */
    String requiredKey() {
        if (key == null) {
            throw new IllegalStateException("a dry run has no key");
        }
        return key;
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static @Nullable WriteRequest of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof WriteRequest write ? write : null;
    }

    private static String fingerprint(HttpServletRequest request) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : new @Nullable String[] {
                request.getMethod(),
                request.getRequestURI(),
                request.getQueryString(),
                request.getHeader("If-Match"),
                request.getContentType()
            }) {
                digest.update(String.valueOf(part).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            digest.update(request.getInputStream().readAllBytes());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
