package io.llmplatform.proxy.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What parts a form's parts (RFC 2046): a line of two dashes and the boundary, between CRLFs. Lines that some readers take for
 * such a line and others do not (alone with CR or LF, or with more text behind the boundary) make the form be refused: the gateway
 * and the provider must see the same parts.
 */
final class FormBoundary {
    private static final String MARKS = "'()+_,-./:=? ";

    private final byte[] line;
    private final int[] shift = new int[256];

    private FormBoundary(byte[] line) {
        this.line = line;
        Arrays.fill(shift, line.length);
        for (int i = 0; i < line.length - 1; i++) {
            shift[line[i] & 0xFF] = line.length - 1 - i;
        }
    }

    /** A line between parts: from its first dash to behind its CRLF. */
    record Line(int from, int to, boolean last) {
        /** Behind the data before it: the CRLF belongs to the line. */
        int dataTo() {
            return from - 2;
        }
    }

    static FormBoundary of(String contentType) throws MalformedFormException {
        var header = FormHeader.parse(contentType);
        if (header == null || !header.value().equals("multipart/form-data")) {
            throw new MalformedFormException(
                    null, "Expected a form: Content-Type multipart/form-data with a boundary.");
        }
        var boundary = header.param("boundary");
        if (boundary == null || !valid(boundary)) {
            throw new MalformedFormException(
                    null, "The Content-Type multipart/form-data must name a boundary of 1 to 70 characters.");
        }
        return new FormBoundary(("--" + boundary).getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean valid(String boundary) {
        return !boundary.isEmpty()
                && boundary.length() <= 70
                && !boundary.endsWith(" ")
                && boundary.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || MARKS.indexOf(c) >= 0));
    }

    /** The next line at or behind an offset; its {@code from} is -1 when there is none. Linear, whatever the bytes are. */
    Line next(byte[] body, int from) throws MalformedFormException {
        int at = find(body, from);
        if (at < 0) {
            return new Line(-1, -1, false);
        }
        if (at > 0 && !(at > 1 && body[at - 1] == '\n' && body[at - 2] == '\r')) {
            throw ambiguous();
        }
        int end = at + line.length;
        boolean last = end + 1 < body.length && body[end] == '-' && body[end + 1] == '-';
        if (last) {
            end += 2;
        }
        while (end < body.length && (body[end] == ' ' || body[end] == '\t')) {
            end++;
        }
        if (end == body.length && last) {
            return new Line(at, end, true);
        }
        if (end + 1 >= body.length) {
            throw new MalformedFormException(null, "The form ends before its closing boundary.");
        }
        if (body[end] != '\r' || body[end + 1] != '\n') {
            throw ambiguous();
        }
        return new Line(at, end + 2, last);
    }

    /** Horspool's search, but only at the start of lines: so it compares no byte twice. */
    private int find(byte[] body, int from) {
        int tail = line.length - 1;
        int at = from;
        while (at + tail < body.length) {
            byte last = body[at + tail];
            if (last == line[tail]
                    && (at == 0 || body[at - 1] == '\n' || body[at - 1] == '\r')
                    && Arrays.equals(body, at, at + tail, line, 0, tail)) {
                return at;
            }
            at += shift[last & 0xFF];
        }
        return -1;
    }

    private static MalformedFormException ambiguous() {
        return new MalformedFormException(
                null, "The form has a line that starts like its boundary but is not one; choose another boundary.");
    }
}
