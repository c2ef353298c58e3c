package io.llmplatform.proxy.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The segment files of a journal folder by number. */
final class SegmentFiles {
    private static final Pattern NAME = Pattern.compile("segment-(\\d{16})\\.log");

    private final Path directory;

    SegmentFiles(Path directory) {
        this.directory = directory;
    }

    Path path(long segment) {
        return directory.resolve("segment-%016d.log".formatted(segment));
    }

    /** Numbers of the segments there are, rising. */
    List<Long> list() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(name -> name.matches())
                    .map(name -> Long.parseLong(name.group(1)))
                    .sorted()
                    .toList();
        }
    }

    /** 0 when the segment is gone. */
    long size(long segment) throws IOException {
        var path = path(segment);
        return Files.exists(path) ? Files.size(path) : 0;
    }

    /** @return the bytes freed */
    long delete(long segment) throws IOException {
        long size = size(segment);
        Files.deleteIfExists(path(segment));
        return size;
    }
}
