package io.llmplatform.proxy.api.stored;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Responses in a folder of their own, one file each. Bounded by {@link StoreLimits}: whoever stores makes room by removing
 * the oldest. Survives restarts; what was stored in the second before a loss of power may be gone. One process per folder.
 * Thread-safe; nothing blocks.
 */
public final class ResponseStore {
    static final String ID = "[A-Za-z0-9][A-Za-z0-9_-]{0,127}";
    private static final Pattern VALID = Pattern.compile(ID);

    private final StoreFiles files;
    private final StoreLimits limits;
    private final Clock clock;
    private final Shelf shelf;

    private ResponseStore(StoreFiles files, StoreLimits limits, Clock clock) {
        this.files = files;
        this.limits = limits;
        this.clock = clock;
        this.shelf = new Shelf(limits);
    }

    /** Makes the folder where there is none, and finds what an earlier process stored. */
    public static Future<ResponseStore> open(Vertx vertx, Path folder, StoreLimits limits, Clock clock) {
        var store = new ResponseStore(new StoreFiles(vertx.fileSystem(), folder), limits, clock);
        return store.files.open().compose(store::find).map(store);
    }

    /** Whether responses of that id can be stored; no other id ever comes near a file name. */
    public static boolean isId(String id) {
        return VALID.matcher(id).matches();
    }

    /**
     * Fails with an {@link IllegalArgumentException} when the id is none, the response is too large or there is one of that
     * id already, which then stays as it is; else with what the file system says.
     */
    public Future<Void> put(StoredResponse response) {
        if (!isId(response.id())) {
            return refuse(
                    "expected an id like resp_01k9, got one of " + response.id().length() + " characters");
        }
        var content = StoredJson.write(response);
        if (content.length > Math.min(limits.maxResponseBytes(), limits.maxBytes())) {
            return refuse("expected at most " + limits.maxResponseBytes() + " bytes, got " + content.length);
        }
        var name = new StoreFiles.Name(now(), response.id());
        if (!shelf.add(response.id(), new Shelf.Entry(name.file(), content.length, name.storedAt(), false))) {
            return refuse(response.id() + " is stored already");
        }
        remove(shelf.surplus(now()));
        return files.write(name.file(), content)
                .onFailure(failure -> shelf.remove(response.id()))
                .compose(written -> shelf.ready(response.id()) ? Future.succeededFuture() : files.delete(name.file()));
    }

    /** Null when there is none, when it is too old, and when it belongs to somebody else. */
    public Future<@Nullable StoredResponse> get(String id, String userId) {
        var entry = shelf.find(id, now());
        if (entry == null) {
            return Future.succeededFuture();
        }
        return files.read(entry.file())
                .map(content -> {
                    var stored = StoredJson.read(content.getBytes());
                    return stored != null
                                    && stored.id().equals(id)
                                    && stored.owner().userId().equals(userId)
                            ? stored
                            : null;
                })
                .recover(failure -> shelf.find(id, now()) == null
                        ? Future.<@Nullable StoredResponse>succeededFuture()
                        : Future.failedFuture(failure));
    }

    /** False when {@link #get} would have found nothing. */
    public Future<Boolean> delete(String id, String userId) {
        return get(id, userId).compose(stored -> {
            var entry = stored == null ? null : shelf.remove(id);
            return entry == null
                    ? Future.succeededFuture(false)
                    : files.delete(entry.file()).map(true);
        });
    }

    /** Removes what is too old; to be called now and then. The answer is how many those were. */
    public Future<Integer> sweep() {
        var surplus = shelf.surplus(now());
        return remove(surplus).map(surplus.size());
    }

    /** Bytes of one; 0 where there is none. */
    long bytes(String id) {
        var entry = shelf.find(id, now());
        return entry == null ? 0 : entry.bytes();
    }

    /** Bytes of all files. */
    public long bytes() {
        return shelf.bytes();
    }

    /** How many there are. */
    public int size() {
        return shelf.size();
    }

    private Future<Void> find(List<String> names) {
        var known = names.stream()
                .map(StoreFiles.Name::of)
                .filter(Objects::nonNull)
                .map(name -> files.size(name.file())
                        .onSuccess(size ->
                                shelf.add(name.id(), new Shelf.Entry(name.file(), size, name.storedAt(), true))))
                .toList();
        return Future.all(known).compose(sized -> sweep()).mapEmpty();
    }

    private Future<Void> remove(List<Shelf.Entry> entries) {
        return Future.all(entries.stream()
                        .map(entry -> files.delete(entry.file()))
                        .toList())
                .mapEmpty();
    }

    /** Milliseconds, as file names have them. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private static Future<Void> refuse(String why) {
        return Future.failedFuture(new IllegalArgumentException(why));
    }
}
