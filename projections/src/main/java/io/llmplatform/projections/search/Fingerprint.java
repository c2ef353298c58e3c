package io.llmplatform.projections.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A number that each document carries and that depends on all of it, so that the server can add up what a build holds. Of 28
 * bits: the sum of thirty million of them is still exact in the server's floating point.
 */
final class Fingerprint {
    static final String FIELD = "fingerprint";
    private static final long BITS = (1L << 28) - 1;

    private Fingerprint() {}

    /** @return the document, a JSON object with at least one field, with its fingerprint as the last one */
    static byte[] added(byte[] document) {
        var crc = new CRC32C();
        crc.update(document);
        var field = (",\"" + FIELD + "\":" + (crc.getValue() & BITS) + "}").getBytes(StandardCharsets.US_ASCII);
        int length = document.length - 1;
        if (document[length] != '}') {
            throw new IllegalArgumentException("not a JSON object without anything after it");
        }
        var added = Arrays.copyOf(document, length + field.length);
        System.arraycopy(field, 0, added, length, field.length);
        return added;
    }
}
