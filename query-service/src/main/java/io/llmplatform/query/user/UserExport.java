package io.llmplatform.query.user;

import io.llmplatform.query.access.Person;
import io.llmplatform.query.export.ExportSource;
import io.llmplatform.query.page.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The list as it is shown, for export. */
@Component
class UserExport implements ExportSource {
    private final UserController list;

    UserExport(UserController list) {
        this.list = list;
    }

    @Override
    public String section() {
        return "users";
    }

    @Override
    public Page<?> page(Person person, @Nullable String cursor) {
        return list.list(person, null, null, null, null, PAGE, cursor);
    }
}
