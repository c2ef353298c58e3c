package io.llmplatform.proxy.config;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.json.ContractJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The configuration on disk, one record a line behind a header line. Secrets in it are sealed and keys hashed, as on the
 * topic; still only the owner may read it. Written whole, synced, then renamed: never half.
 */
final class ConfigSnapshotFile {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigSnapshotFile.class);
    private static final int FORMAT = 1;

    private final Path file;

    ConfigSnapshotFile(Path file) {
        this.file = file;
    }

    record Header(int format, Instant writtenAt, Instant completeAt, int records) {}

    record Content(Instant completeAt, List<ConfigRecord> records) {}

    void write(Collection<ConfigRecord> records, Instant completeAt, Instant now) throws IOException {
        var mapper = ContractJson.mapper();
        var text = new StringBuilder(mapper.writeValueAsString(new Header(FORMAT, now, completeAt, records.size())));
        records.forEach(record ->
                text.append('\n').append(mapper.writerFor(ConfigRecord.class).writeValueAsString(record)));
        Files.createDirectories(file.toAbsolutePath().getParent());
        var next = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(next);
        if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (var channel = FileChannel.open(next, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A line that cannot be read costs itself only; a file without a sound header is as good as none. */
    Optional<Content> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var lines = Files.readAllLines(file);
            var header = ContractJson.mapper().readValue(lines.getFirst(), Header.class);
            if (header.format() != FORMAT) {
                throw new IOException("format " + header.format() + ", expected " + FORMAT);
            }
            var records = new ArrayList<ConfigRecord>();
            for (var line : lines.subList(1, lines.size())) {
                try {
                    records.add(ContractJson.mapper().readValue(line, ConfigRecord.class));
                } catch (JacksonException e) {
                    LOG.warn("configuration snapshot: a line cannot be read, skipped: {}", e.getOriginalMessage());
                }
            }
            return Optional.of(new Content(header.completeAt(), records));
        } catch (IOException | RuntimeException e) {
            LOG.warn("configuration snapshot {} cannot be used: {}", file, e.getMessage());
            return Optional.empty();
        }
    }
}
