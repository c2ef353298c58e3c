package io.llmplatform.proxy.upstream.mock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A form with files, as far as the mock looks into it.
 *
 * @param fields by name; the values of one that comes several times are joined by commas
 */
record MultipartForm(Params fields, List<File> files) {
    private static final int MAX_PARTS = 128;
    private static final String UNNAMED = "unnamed";
    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,200})\"|([^\\s;\"]{1,200}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("(?i);\\s*name=\"?([^\";]*)\"?");
    private static final Pattern FILE_NAME = Pattern.compile("(?i);\\s*filename=\"([^\"]*)\"");
    /** Some SDKs send bytes without a file name; the type tells them from a field. */
    private static final Pattern BINARY =
            Pattern.compile("(?im)^content-type:\\s*(?:application/octet-stream|image/|audio/|video/)");

    private static final byte[] BLANK_LINE = "\r\n\r\n".getBytes(ISO_8859_1);

    /**
     * @param name that the client gives it, or "unnamed"
     * @param size in bytes
     */
    record File(String field, String name, int size) {}

    /** @throws MockRefusal when it is no form */
    static MultipartForm parse(String contentType, byte[] body) {
        var boundary = BOUNDARY.matcher(contentType);
        if (!contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data") || !boundary.find()) {
            throw new MockRefusal(null, "Expected a form: multipart/form-data with a boundary.");
        }
        var mark = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        var form = new MultipartForm(new Params(MockJson.object()), new ArrayList<>());
        var between = ("\r\n--" + mark).getBytes(ISO_8859_1);
        // The first boundary stands at the very beginning, without the line end that belongs to the others.
        int at = startsWith(body, between, 2) ? between.length - 2 : next(body, between, 0) + between.length;
        for (int parts = 0; !closes(body, at); parts++) {
            int end = next(body, between, at);
            if (parts == MAX_PARTS) {
                throw new MockRefusal(null, "The form has more than " + MAX_PARTS + " parts.");
            }
            form.part(body, at, end);
            at = end + between.length;
        }
        return form;
    }

    /** @param from behind the boundary */
    private void part(byte[] body, int from, int end) {
        int headEnd = indexOf(body, BLANK_LINE, from);
        if (headEnd < 0 || headEnd > end) {
            throw broken();
        }
        var head = new String(body, from, headEnd - from, UTF_8);
        var name = NAME.matcher(head);
        if (!name.find()) {
            throw broken();
        }
        int start = headEnd + BLANK_LINE.length;
        var fileName = FILE_NAME.matcher(head);
        boolean named = fileName.find();
        if (named || BINARY.matcher(head).find()) {
            files.add(new File(name.group(1), named ? fileName.group(1) : UNNAMED, Math.max(0, end - start)));
        } else {
            var value = new String(body, start, Math.max(0, end - start), UTF_8);
            var before = fields.at(name.group(1));
            fields.root().put(name.group(1), before.isString() ? before.stringValue() + "," + value : value);
        }
    }

    /** @throws MockRefusal when there is none */
    File file(String field) {
        return files.stream()
                .filter(file -> file.field().equals(field) || file.field().equals(field + "[]"))
                .findFirst()
                .orElseThrow(() -> new MockRefusal(field, "Expected a file as `" + field + "`."));
    }

    private static boolean closes(byte[] body, int at) {
        return at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
    }

    private static boolean startsWith(byte[] body, byte[] between, int skipped) {
        int length = between.length - skipped;
        return body.length >= length && Arrays.equals(body, 0, length, between, skipped, between.length);
    }

    private static int next(byte[] body, byte[] between, int from) {
        int at = indexOf(body, between, from);
        if (at < 0) {
            throw broken();
        }
        return at;
    }

    private static int indexOf(byte[] body, byte[] sought, int from) {
        for (int at = from; at <= body.length - sought.length; at++) {
            if (body[at] == sought[0] && Arrays.equals(body, at, at + sought.length, sought, 0, sought.length)) {
                return at;
            }
        }
        return -1;
    }

    private static MockRefusal broken() {
        return new MockRefusal(null, "The form cannot be read.");
    }
}
