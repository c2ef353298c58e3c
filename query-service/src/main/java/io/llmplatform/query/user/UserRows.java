package io.llmplatform.query.user;

import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

interface UserRows extends Repository<UserRow, String>, JpaSpecificationExecutor<UserRow> {
    java.util.Optional<UserRow> findById(String id);

    java.util.List<UserRow> findByIdIn(java.util.Collection<String> ids);
}
