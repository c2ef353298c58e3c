package io.llmplatform.projections.usage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** Texts one after the other with their lengths in front, so that no others look the same; as {@code netstring} of the schema. */
final class Parts {
    private final StringBuilder text = new StringBuilder(256);

    Parts add(@Nullable String part) {
        if (part == null) {
            text.append('-');
        } else {
            text.append(bytes(part)).append(':').append(part);
        }
        return this;
    }

    private static int bytes(String part) {
        for (int i = 0; i < part.length(); i++) {
            if (part.charAt(i) > 0x7f) {
                return part.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return part.length();
    }

    /** The first eight bytes of their SHA-256. */
    long hash() {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
