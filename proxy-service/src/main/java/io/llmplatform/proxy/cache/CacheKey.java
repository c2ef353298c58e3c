package io.llmplatform.proxy.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which answer: SHA-256 over the subject, the operation, whether it is a stream, and the canonical body. An answer as a
 * whole and as a stream are two variants with two keys; neither is made from the other.
 */
public record CacheKey(long a, long b, long c, long d) {
    public static CacheKey of(CacheSubject subject, CanonicalRequest request) {
        var digest = sha256();
        var facts = request.facts();
        put(digest, subject.owner());
        put(digest, facts.operation().wire());
        put(digest, subject.model());
        put(digest, Long.toString(subject.modelVersion()));
        put(digest, facts.stream() ? "stream" : "whole");
        put(digest, Integer.toString(subject.vary().size()));
        subject.vary().forEach(value -> put(digest, value));
        request.bytes().digest(digest);
        var hash = ByteBuffer.wrap(digest.digest());
        return new CacheKey(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }

    /** 64 digits. */
    public String hex() {
        var hex = HexFormat.of();
        return hex.toHexDigits(a) + hex.toHexDigits(b) + hex.toHexDigits(c) + hex.toHexDigits(d);
    }

    /** With its length before it, so that no two lists of texts look alike. */
    private static void put(MessageDigest digest, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
