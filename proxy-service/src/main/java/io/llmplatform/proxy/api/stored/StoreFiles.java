package io.llmplatform.proxy.api.stored;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.CopyOptions;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The folder's files: {@code <milliseconds since 1970>-<id>.json}, readable by nobody else. */
final class StoreFiles {
    private static final String FOLDER = "rwx------";
    private static final String FILE = "rw-------";
    private static final String UNFINISHED = ".tmp";
    private static final Pattern NAME = Pattern.compile("(\\d{13})-(" + ResponseStore.ID + ")\\.json");

    /** A name taken apart. */
    record Name(Instant storedAt, String id) {
        String file() {
            return "%013d-%s.json".formatted(storedAt.toEpochMilli(), id);
        }

        static @Nullable Name of(String file) {
            var parts = NAME.matcher(file);
            return parts.matches()
                    ? new Name(Instant.ofEpochMilli(Long.parseLong(parts.group(1))), parts.group(2))
                    : null;
        }
    }

    private final FileSystem files;
    private final Path folder;

    StoreFiles(FileSystem files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /** The names in the folder, oldest first; what an interrupted write left is gone then. */
    Future<List<String>> open() {
        var path = folder.toString();
        return files.mkdirs(path, FOLDER)
                .compose(made -> files.chmod(path, FOLDER))
                .compose(owned -> files.readDir(path))
                .compose(paths -> {
                    var names = paths.stream()
                            .map(file -> Path.of(file).getFileName().toString())
                            .sorted()
                            .toList();
                    var leftovers = names.stream()
                            .filter(name -> name.endsWith(UNFINISHED))
                            .map(this::delete)
                            .toList();
                    return Future.all(leftovers).map(names);
                });
    }

    Future<Long> size(String file) {
        return files.props(at(file)).map(props -> props.size());
    }

    Future<Buffer> read(String file) {
        return files.readFile(at(file));
    }

    /** Whole or not at all. */
    Future<Void> write(String file, byte[] content) {
        var unfinished = at(file + UNFINISHED);
        var options = new OpenOptions().setRead(false).setCreateNew(true).setPerms(FILE);
        return files.open(unfinished, options)
                .compose(open -> open.write(Buffer.buffer(content)).eventually(open::close))
                .compose(written -> files.move(unfinished, at(file), new CopyOptions().setAtomicMove(true)))
                .recover(failure -> delete(file + UNFINISHED).compose(cleaned -> Future.failedFuture(failure)));
    }

    /** Never fails: a file that is gone is what was wanted, and one that stays is found again at the next start. */
    Future<Void> delete(String file) {
        return files.delete(at(file)).otherwiseEmpty();
    }

    private String at(String file) {
        return folder.resolve(file).toString();
    }
}
