package io.llmplatform.contracts.apikey;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;

/**
 * Finds platform keys that have leaked into files, offline: {@link ApiKeys#PATTERN} finds what looks like one, the
 * checksum tells which of these is one (of random text, one in 4,294,967,296).
 * Prints where a key stands and its public part, never the key. Needs nothing but a JDK, also no build: {@code java FindKeys.java <files and folders…>}.
 */
public final class FindKeys {
    private static final int CHUNK = 1 << 20;
    private static final int NEVER_SPLIT = ApiKeys.LENGTH + 2;
    private static final Pattern CANDIDATE = Pattern.compile(ApiKeys.PATTERN);

    private final PrintStream out;
    private final int chunk;
    private int found;

    /** @param chunk how many bytes are read at a time */
    FindKeys(PrintStream out, int chunk) {
        this.out = out;
        this.chunk = chunk;
    }

    /** Ends with 1 when there was a key, with 2 when something could not be read, else with 0. */
    public static void main(String[] arguments) {
        if (arguments.length == 0) {
            System.err.println("Usage: find-keys <files and folders…>");
            System.exit(2);
        }
        var finder = new FindKeys(System.out, CHUNK);
        try {
            for (var argument : arguments) {
                finder.look(Path.of(argument));
            }
        } catch (IOException e) {
            System.err.println("cannot read " + e.getMessage());
            System.exit(2);
        }
        System.err.println(finder.found + " found");
        System.exit(finder.found == 0 ? 0 : 1);
    }

    int found() {
        return found;
    }

    /** A file, or every file of a folder but for those in {@code .git}; links are not followed. */
    void look(Path start) throws IOException {
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    read(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** In pieces: a dump of many gigabytes on one line is read like any other file. */
    private void read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            var text = "";
            long line = 1;
            int begin = 0;
            boolean last = false;
            while (!last) {
                var bytes = in.readNBytes(chunk);
                text += new String(bytes, StandardCharsets.ISO_8859_1);
                last = bytes.length < chunk;
                // What begins behind this may go on in the next piece, which then begins with it.
                int end = last ? text.length() : text.length() - NEVER_SPLIT;
                tell(file, text, begin, end, line);
                if (!last) {
                    // One character more is kept, because what stands before a key matters.
                    line += lines(text, end - 1);
                    text = text.substring(end - 1);
                    begin = 1;
                }
            }
        }
    }

    private void tell(Path file, String text, int begin, int end, long line) {
        var matcher = CANDIDATE.matcher(text);
        for (boolean more = begin <= text.length() && matcher.find(begin);
                more && matcher.start() < end;
                more = matcher.find()) {
            if (ApiKeys.wellFormed(matcher.group())) {
                found++;
                out.println(file + ":" + (line + lines(text, matcher.start())) + ": "
                        + ApiKeys.displayPrefix(matcher.group()) + "…");
            }
        }
    }

    private static long lines(String text, int until) {
        return text.substring(0, until).chars().filter(c -> c == '\n').count();
    }
}
