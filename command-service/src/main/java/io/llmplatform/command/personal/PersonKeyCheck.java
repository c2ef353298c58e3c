package io.llmplatform.command.personal;

import io.llmplatform.command.settings.PlatformSettings;
import io.llmplatform.command.start.StartTask;
import io.llmplatform.contracts.personal.PersonKeyBox;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Ends the start under a PERSONAL_DATA_KEY that does not open the keys of persons: nobody could be read any more. */
@Component
class PersonKeyCheck implements StartTask {
    private final JdbcTemplate jdbc;
    private final PlatformSettings settings;

    PersonKeyCheck(JdbcTemplate jdbc, PlatformSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    @Override
    public int order() {
        return CHECK;
    }

    @Override
    public void run() {
        var box = new PersonKeyBox(settings.personalDataKey());
        jdbc.query("select subject, wrapped_key from identity.person_key limit 1", row -> {
            try {
                box.unwrap(row.getString("wrapped_key"), row.getString("subject"));
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(
                        "PERSONAL_DATA_KEY is not the one this database was set up with; set the former one", e);
            }
        });
    }
}
