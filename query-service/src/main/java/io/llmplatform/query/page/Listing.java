package io.llmplatform.query.page;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;

/** Pages over entities that have {@code createdAt} and {@code id}, newest first. */
public final class Listing {
    private static final Sort NEWEST = Sort.by(Sort.Direction.DESC, "createdAt", "id");

    private Listing() {}

    /** @param cursor as given by the client */
    public static <E> Window<E> of(
            JpaSpecificationExecutor<E> repository, Specification<E> filter, int limit, @Nullable String cursor) {
        return repository.findBy(
                filter, query -> query.sortBy(NEWEST).limit(limit).scroll(position(Cursor.decode(cursor))));
    }

    private static KeysetScrollPosition position(@Nullable Cursor cursor) {
        return cursor == null
                ? ScrollPosition.keyset()
                : ScrollPosition.forward(Map.of("createdAt", cursor.at(), "id", cursor.id()));
    }

    /** The page of a window, and the cursor of its last row when there are more. */
    public static <E, V> Page<V> page(Window<E> window, Function<E, V> view, Function<E, Cursor> cursor) {
        var rows = window.getContent();
        return new Page<>(
                rows.stream().map(view).toList(),
                window.hasNext() ? cursor.apply(rows.getLast()).encode() : null);
    }
}
