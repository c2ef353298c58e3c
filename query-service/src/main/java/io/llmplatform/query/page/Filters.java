package io.llmplatform.query.page;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;

/** Conditions that are left out when their value is absent. */
public final class Filters {
    private Filters() {}

    public static <E> Specification<E> equal(String field, @Nullable Object value) {
        return value == null ? Specification.unrestricted() : (root, query, cb) -> cb.equal(root.get(field), value);
    }

    /** Whether it is one of the values: nothing is when there are none. */
    public static <E> Specification<E> in(String field, Collection<?> values) {
        return (root, query, cb) ->
                values.isEmpty() ? cb.disjunction() : root.get(field).in(values);
    }

    /** Whether any of the fields contains the text, without regard to case. */
    public static <E> Specification<E> contains(@Nullable String text, String... fields) {
        if (text == null || text.isBlank()) {
            return Specification.unrestricted();
        }
        var pattern = "%" + text.strip().toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
        return (root, query, cb) -> cb.or(Arrays.stream(fields)
                .map(field -> cb.like(cb.lower(root.get(field)), pattern, '\\'))
                .toList());
    }
}
