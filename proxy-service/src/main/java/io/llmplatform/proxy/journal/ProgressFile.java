package io.llmplatform.proxy.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far the journal has been acknowledged by the broker. Losing it costs duplicates, never a record. */
final class ProgressFile {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressFile.class);

    private final Path file;

    ProgressFile(Path directory) {
        this.file = directory.resolve("progress");
    }

    Optional<Position> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var fields = Files.readString(file).strip().split(" ", -1);
        try {
            return Optional.of(new Position(Long.parseLong(fields[0]), Long.parseLong(fields[1])));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            LOG.warn("journal progress file unreadable: publishing from the oldest segment again");
            return Optional.empty();
        }
    }

    void write(Position position) throws IOException {
        var next = file.resolveSibling("progress.tmp");
        Files.write(next, (position.segment() + " " + position.offset() + "\n").getBytes(StandardCharsets.US_ASCII));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
