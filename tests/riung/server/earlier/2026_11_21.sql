BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002_desk');
CREATE TABLE applications (
	number VARCHAR(32) NOT NULL, 
	office VARCHAR(40) NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	route VARCHAR(40) NOT NULL, 
	stage VARCHAR(40) NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_applications PRIMARY KEY (number)
);
INSERT INTO "applications" VALUES('1179000000001208','bandung','baru','m_paspor','printing','2026-11-20 02:00:00.000000');
CREATE TABLE booking_attempts (
	id INTEGER NOT NULL, 
	sender_hash VARCHAR(64) NOT NULL, 
	identity_hash VARCHAR(64), 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_booking_attempts PRIMARY KEY (id)
);
CREATE TABLE bookings (
	id INTEGER NOT NULL, 
	code VARCHAR(8) NOT NULL, 
	office VARCHAR(40) NOT NULL, 
	place VARCHAR(40) NOT NULL, 
	date DATE NOT NULL, 
	service_class VARCHAR(10) NOT NULL, 
	queue_number INTEGER NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	status VARCHAR(10) NOT NULL, 
	source VARCHAR(10) NOT NULL, 
	sender VARCHAR(160), 
	name VARCHAR(100), 
	identity_hash VARCHAR(64), 
	identity_last4 VARCHAR(4), 
	moves INTEGER NOT NULL, 
	idempotency_key VARCHAR(200), 
	sent_at DATETIME NOT NULL, 
	created_at DATETIME NOT NULL, 
	arrived_at DATETIME, 
	called_at DATETIME, 
	ended_at DATETIME, 
	CONSTRAINT pk_bookings PRIMARY KEY (id), 
	CONSTRAINT uq_bookings_code UNIQUE (code), 
	CONSTRAINT uq_bookings_idempotency_key UNIQUE (idempotency_key), 
	CONSTRAINT uq_bookings_office_place_date_queue_number UNIQUE (office, place, date, queue_number)
);
INSERT INTO "bookings" VALUES(1,'AAAA22','pemalang','mpp_batang','2026-11-24','regular',1,'baru','booked','whatsapp','6289900000001','Warga Contoh','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','0001',0,'wamid.1','2026-11-20 02:00:00.000000','2026-11-20 02:00:00.000000',NULL,NULL,NULL);
CREATE TABLE days (
	office VARCHAR(40) NOT NULL, 
	place VARCHAR(40) NOT NULL, 
	date DATE NOT NULL, 
	regular INTEGER, 
	priority INTEGER, 
	same_day INTEGER, 
	booked_elsewhere INTEGER NOT NULL, 
	opens_at DATETIME, 
	closes_at DATETIME, 
	closed_at DATETIME, 
	closed_reason VARCHAR(200), 
	CONSTRAINT pk_days PRIMARY KEY (office, place, date)
);
INSERT INTO "days" VALUES('pemalang','mpp_batang','2026-11-24',8,2,NULL,0,NULL,NULL,NULL,NULL);
CREATE TABLE desk_announcements (
	id INTEGER NOT NULL, 
	office VARCHAR(40) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	text VARCHAR(500) NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	author_id INTEGER NOT NULL, 
	CONSTRAINT pk_desk_announcements PRIMARY KEY (id), 
	CONSTRAINT fk_desk_announcements_author_id_desk_users FOREIGN KEY(author_id) REFERENCES desk_users (id)
);
CREATE TABLE desk_audit (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	login VARCHAR(40) NOT NULL, 
	office VARCHAR(40) NOT NULL, 
	action VARCHAR(40) NOT NULL, 
	subject VARCHAR(80) NOT NULL, 
	detail VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_desk_audit PRIMARY KEY (id)
);
INSERT INTO "desk_audit" VALUES(1,'2026-11-20 02:00:00.000000','rina','bandung','login','','');
CREATE TABLE desk_changes (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	office VARCHAR(40) NOT NULL, 
	conversation_id INTEGER, 
	kind VARCHAR(20) NOT NULL, 
	CONSTRAINT pk_desk_changes PRIMARY KEY (id)
);
CREATE TABLE desk_channel_counts (
	office VARCHAR(40) NOT NULL, 
	month DATE NOT NULL, 
	channel VARCHAR(20) NOT NULL, 
	count INTEGER NOT NULL, 
	CONSTRAINT pk_desk_channel_counts PRIMARY KEY (office, month, channel)
);
CREATE TABLE desk_conversations (
	id INTEGER NOT NULL, 
	sender_id VARCHAR(160) NOT NULL, 
	office VARCHAR(40) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	phone_number_id VARCHAR(40) NOT NULL, 
	channel VARCHAR(40) NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	owner_id INTEGER, 
	state_since DATETIME NOT NULL, 
	waiting_since DATETIME, 
	timer VARCHAR(10) NOT NULL, 
	due_at DATETIME, 
	topic VARCHAR(60) NOT NULL, 
	labels JSON NOT NULL, 
	unread INTEGER NOT NULL, 
	last_text VARCHAR(160) NOT NULL, 
	last_at DATETIME NOT NULL, 
	citizen_at DATETIME, 
	behind BOOLEAN NOT NULL, 
	CONSTRAINT pk_desk_conversations PRIMARY KEY (id), 
	CONSTRAINT fk_desk_conversations_owner_id_desk_users FOREIGN KEY(owner_id) REFERENCES desk_users (id), 
	CONSTRAINT uq_desk_conversations_sender_id UNIQUE (sender_id)
);
INSERT INTO "desk_conversations" VALUES(1,'6289900000001','bandung','Warga Contoh','111111111111111','whatsapp','officer',1,'2026-11-20 02:00:00.000000',NULL,'none',NULL,'','["penting"]',1,'halo','2026-11-20 02:00:00.000000','2026-11-20 02:00:00.000000',0);
CREATE TABLE desk_handovers (
	id INTEGER NOT NULL, 
	conversation_id INTEGER NOT NULL, 
	office VARCHAR(40) NOT NULL, 
	reason VARCHAR(40) NOT NULL, 
	ticket VARCHAR(40) NOT NULL, 
	after_hours BOOLEAN NOT NULL, 
	asked_at DATETIME NOT NULL, 
	taken_at DATETIME, 
	answered_at DATETIME, 
	closed_at DATETIME, 
	officer_id INTEGER, 
	outcome VARCHAR(20) NOT NULL, 
	CONSTRAINT pk_desk_handovers PRIMARY KEY (id), 
	CONSTRAINT fk_desk_handovers_conversation_id_desk_conversations FOREIGN KEY(conversation_id) REFERENCES desk_conversations (id) ON DELETE CASCADE, 
	CONSTRAINT fk_desk_handovers_officer_id_desk_users FOREIGN KEY(officer_id) REFERENCES desk_users (id)
);
INSERT INTO "desk_handovers" VALUES(1,1,'bandung','asked','CCCC44',0,'2026-11-20 02:00:00.000000','2026-11-20 02:00:00.000000',NULL,NULL,1,'');
CREATE TABLE desk_imports (
	id INTEGER NOT NULL, 
	office VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	user_id INTEGER NOT NULL, 
	filename VARCHAR(120) NOT NULL, 
	taken INTEGER NOT NULL, 
	refused INTEGER NOT NULL, 
	"before" JSON NOT NULL, 
	undone_at DATETIME, 
	CONSTRAINT pk_desk_imports PRIMARY KEY (id), 
	CONSTRAINT fk_desk_imports_user_id_desk_users FOREIGN KEY(user_id) REFERENCES desk_users (id)
);
CREATE TABLE desk_messages (
	id INTEGER NOT NULL, 
	conversation_id INTEGER NOT NULL, 
	event_key VARCHAR(60) NOT NULL, 
	office VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	author VARCHAR(10) NOT NULL, 
	text TEXT NOT NULL, 
	intent VARCHAR(60) NOT NULL, 
	confidence FLOAT, 
	details JSON NOT NULL, 
	CONSTRAINT pk_desk_messages PRIMARY KEY (id), 
	CONSTRAINT fk_desk_messages_conversation_id_desk_conversations FOREIGN KEY(conversation_id) REFERENCES desk_conversations (id) ON DELETE CASCADE, 
	CONSTRAINT uq_desk_messages_conversation_id_event_key UNIQUE (conversation_id, event_key)
);
INSERT INTO "desk_messages" VALUES(1,1,'user:0','bandung','2026-11-20 02:00:00.000000','citizen','halo','',NULL,'{}');
INSERT INTO "desk_messages" VALUES(2,1,'user:1','bandung','2026-11-20 02:00:00.000000','bot','Selamat pagi','',NULL,'{}');
INSERT INTO "desk_messages" VALUES(3,1,'user:2','pemalang','2026-11-20 02:00:00.000000','citizen','antre di batang','',NULL,'{}');
CREATE TABLE desk_notes (
	id INTEGER NOT NULL, 
	conversation_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_desk_notes PRIMARY KEY (id), 
	CONSTRAINT fk_desk_notes_conversation_id_desk_conversations FOREIGN KEY(conversation_id) REFERENCES desk_conversations (id) ON DELETE CASCADE, 
	CONSTRAINT fk_desk_notes_user_id_desk_users FOREIGN KEY(user_id) REFERENCES desk_users (id)
);
INSERT INTO "desk_notes" VALUES(1,1,1,'2026-11-20 02:00:00.000000','sudah ditelepon');
CREATE TABLE desk_outgoing (
	id INTEGER NOT NULL, 
	conversation_id INTEGER NOT NULL, 
	"key" VARCHAR(40) NOT NULL, 
	events JSON NOT NULL, 
	tries INTEGER NOT NULL, 
	next_at DATETIME NOT NULL, 
	done_at DATETIME, 
	CONSTRAINT pk_desk_outgoing PRIMARY KEY (id), 
	CONSTRAINT fk_desk_outgoing_conversation_id_desk_conversations FOREIGN KEY(conversation_id) REFERENCES desk_conversations (id) ON DELETE CASCADE, 
	CONSTRAINT uq_desk_outgoing_key UNIQUE ("key")
);
INSERT INTO "desk_outgoing" VALUES(1,1,'kirim-1','[{"event": "bot", "text": "Baik, kami cek"}]',0,'2026-11-20 02:00:00.000000',NULL);
CREATE TABLE desk_presence (
	conversation_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_desk_presence PRIMARY KEY (conversation_id, user_id), 
	CONSTRAINT fk_desk_presence_conversation_id_desk_conversations FOREIGN KEY(conversation_id) REFERENCES desk_conversations (id) ON DELETE CASCADE, 
	CONSTRAINT fk_desk_presence_user_id_desk_users FOREIGN KEY(user_id) REFERENCES desk_users (id)
);
CREATE TABLE desk_sessions (
	token_hash VARCHAR(64) NOT NULL, 
	user_id INTEGER NOT NULL, 
	csrf VARCHAR(64) NOT NULL, 
	created_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_desk_sessions PRIMARY KEY (token_hash), 
	CONSTRAINT fk_desk_sessions_user_id_desk_users FOREIGN KEY(user_id) REFERENCES desk_users (id)
);
CREATE TABLE desk_surveys (
	id INTEGER NOT NULL, 
	conversation_id INTEGER, 
	handover_id INTEGER, 
	office VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	score INTEGER NOT NULL, 
	comment TEXT NOT NULL, 
	CONSTRAINT pk_desk_surveys PRIMARY KEY (id), 
	CONSTRAINT fk_desk_surveys_conversation_id_desk_conversations FOREIGN KEY(conversation_id) REFERENCES desk_conversations (id) ON DELETE SET NULL, 
	CONSTRAINT fk_desk_surveys_handover_id_desk_handovers FOREIGN KEY(handover_id) REFERENCES desk_handovers (id) ON DELETE SET NULL
);
INSERT INTO "desk_surveys" VALUES(1,1,1,'bandung','2026-11-20 02:00:00.000000',5,'cepat');
CREATE TABLE desk_users (
	id INTEGER NOT NULL, 
	login VARCHAR(40) NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	role VARCHAR(20) NOT NULL, 
	offices JSON NOT NULL, 
	password_hash VARCHAR(200) NOT NULL, 
	active BOOLEAN NOT NULL, 
	must_change_password BOOLEAN NOT NULL, 
	failed_logins INTEGER NOT NULL, 
	locked_until DATETIME, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_desk_users PRIMARY KEY (id), 
	CONSTRAINT uq_desk_users_login UNIQUE (login)
);
INSERT INTO "desk_users" VALUES(1,'rina','Rina Contoh','supervisor','["bandung"]','$argon2id$x',1,0,0,NULL,'2026-11-20 02:00:00.000000');
CREATE TABLE flags (
	id INTEGER NOT NULL, 
	office VARCHAR(40) NOT NULL, 
	reason VARCHAR(20) NOT NULL, 
	sender_hash VARCHAR(64) NOT NULL, 
	sender_masked VARCHAR(40) NOT NULL, 
	count INTEGER NOT NULL, 
	first_at DATETIME NOT NULL, 
	last_at DATETIME NOT NULL, 
	CONSTRAINT pk_flags PRIMARY KEY (id), 
	CONSTRAINT uq_flags_office_reason_sender_hash UNIQUE (office, reason, sender_hash)
);
CREATE TABLE notices (
	id INTEGER NOT NULL, 
	"key" VARCHAR(160) NOT NULL, 
	kind VARCHAR(30) NOT NULL, 
	office VARCHAR(40) NOT NULL, 
	"to" VARCHAR(160), 
	variables JSON NOT NULL, 
	status VARCHAR(10) NOT NULL, 
	due_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	tries INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	CONSTRAINT pk_notices PRIMARY KEY (id), 
	CONSTRAINT uq_notices_key UNIQUE ("key")
);
INSERT INTO "notices" VALUES(1,'booking:AAAA22:day','reminder','pemalang','6289900000001','{"kode": "AAAA22"}','pending','2026-11-20 02:00:00.000000','2026-11-20 02:00:00.000000',0,'2026-11-20 02:00:00.000000',NULL);
CREATE TABLE opt_outs (
	sender_hash VARCHAR(64) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_opt_outs PRIMARY KEY (sender_hash)
);
CREATE TABLE stage_changes (
	id INTEGER NOT NULL, 
	number VARCHAR(32) NOT NULL, 
	stage VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_stage_changes PRIMARY KEY (id), 
	CONSTRAINT fk_stage_changes_number_applications FOREIGN KEY(number) REFERENCES applications (number) ON DELETE CASCADE
);
INSERT INTO "stage_changes" VALUES(1,'1179000000001208','registered','2026-11-20 02:00:00.000000');
INSERT INTO "stage_changes" VALUES(2,'1179000000001208','paid','2026-11-20 02:00:00.000000');
INSERT INTO "stage_changes" VALUES(3,'1179000000001208','printing','2026-11-20 02:00:00.000000');
CREATE TABLE subscriptions (
	id INTEGER NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	office VARCHAR(40) NOT NULL, 
	subject VARCHAR(40) NOT NULL, 
	sender VARCHAR(160) NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_subscriptions PRIMARY KEY (id), 
	CONSTRAINT uq_subscriptions_kind_office_subject_sender UNIQUE (kind, office, subject, sender)
);
INSERT INTO "subscriptions" VALUES(1,'status','bandung','1179000000001208','6289900000001','2026-11-20 02:00:00.000000');
CREATE TABLE tickets (
	id INTEGER NOT NULL, 
	code VARCHAR(8) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	office VARCHAR(40) NOT NULL, 
	status VARCHAR(20) NOT NULL, 
	conversation_id VARCHAR(160), 
	sender_hash VARCHAR(64), 
	subject TEXT NOT NULL, 
	last_messages JSON NOT NULL, 
	details JSON NOT NULL, 
	idempotency_key VARCHAR(200), 
	due_at DATETIME, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_tickets PRIMARY KEY (id), 
	CONSTRAINT uq_tickets_code UNIQUE (code), 
	CONSTRAINT uq_tickets_idempotency_key UNIQUE (idempotency_key)
);
INSERT INTO "tickets" VALUES(1,'CCCC44','complaint','bandung','open','6289900000001',NULL,'loket tutup sebelum jam empat','[{"sender": "citizen", "text": "loketnya sudah tutup"}]','{"category": "layanan"}',NULL,NULL,'2026-11-20 02:00:00.000000','2026-11-20 02:00:00.000000');
CREATE TABLE unknown_lookups (
	id INTEGER NOT NULL, 
	sender_hash VARCHAR(64) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_unknown_lookups PRIMARY KEY (id)
);
CREATE TABLE waiting_entries (
	id INTEGER NOT NULL, 
	code VARCHAR(8) NOT NULL, 
	office VARCHAR(40) NOT NULL, 
	place VARCHAR(40) NOT NULL, 
	date DATE NOT NULL, 
	service_class VARCHAR(10) NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	status VARCHAR(10) NOT NULL, 
	sender VARCHAR(160), 
	name VARCHAR(100), 
	identity_hash VARCHAR(64) NOT NULL, 
	identity_last4 VARCHAR(4) NOT NULL, 
	idempotency_key VARCHAR(200), 
	sent_at DATETIME NOT NULL, 
	created_at DATETIME NOT NULL, 
	offered_at DATETIME, 
	accept_by DATETIME, 
	booking_id INTEGER, 
	CONSTRAINT pk_waiting_entries PRIMARY KEY (id), 
	CONSTRAINT fk_waiting_entries_booking_id_bookings FOREIGN KEY(booking_id) REFERENCES bookings (id) ON DELETE SET NULL, 
	CONSTRAINT uq_waiting_entries_code UNIQUE (code), 
	CONSTRAINT uq_waiting_entries_idempotency_key UNIQUE (idempotency_key)
);
INSERT INTO "waiting_entries" VALUES(1,'BBBB33','pemalang','mpp_batang','2026-11-24','regular','baru','waiting','6289900000002','Warga Contoh Dua','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','0002','wamid.2','2026-11-20 02:00:00.000000','2026-11-20 02:00:00.000000',NULL,NULL,NULL);
CREATE INDEX ix_booking_attempts_sender_hash_at ON booking_attempts (sender_hash, at);
CREATE UNIQUE INDEX uq_bookings_open_identity ON bookings (identity_hash) WHERE status IN ('booked', 'arrived', 'called');
CREATE UNIQUE INDEX uq_bookings_open_sender ON bookings (sender) WHERE status IN ('booked', 'arrived', 'called');
CREATE INDEX ix_notices_status_due_at ON notices (status, due_at);
CREATE INDEX ix_subscriptions_subject ON subscriptions (subject);
CREATE INDEX ix_tickets_conversation_id ON tickets (conversation_id);
CREATE INDEX ix_tickets_office_status ON tickets (office, status);
CREATE INDEX ix_unknown_lookups_sender_hash_at ON unknown_lookups (sender_hash, at);
CREATE INDEX ix_stage_changes_number ON stage_changes (number);
CREATE INDEX ix_waiting_entries_day ON waiting_entries (office, place, date, status);
CREATE UNIQUE INDEX uq_waiting_entries_live_sender ON waiting_entries (sender, office, place, date) WHERE status IN ('waiting', 'offered');
CREATE INDEX ix_desk_audit_at ON desk_audit (at);
CREATE INDEX ix_desk_changes_at ON desk_changes (at);
CREATE INDEX ix_desk_announcements_office ON desk_announcements (office);
CREATE INDEX ix_desk_conversations_behind ON desk_conversations (behind);
CREATE INDEX ix_desk_conversations_due_at ON desk_conversations (due_at);
CREATE INDEX ix_desk_conversations_inbox ON desk_conversations (office, state, last_at);
CREATE INDEX ix_desk_imports_office ON desk_imports (office);
CREATE INDEX ix_desk_sessions_user_id ON desk_sessions (user_id);
CREATE INDEX ix_desk_handovers_conversation_id ON desk_handovers (conversation_id);
CREATE INDEX ix_desk_handovers_office_asked_at ON desk_handovers (office, asked_at);
CREATE INDEX ix_desk_messages_office_at ON desk_messages (office, at);
CREATE INDEX ix_desk_notes_conversation_id ON desk_notes (conversation_id);
CREATE INDEX ix_desk_outgoing_conversation_id ON desk_outgoing (conversation_id);
CREATE INDEX ix_desk_outgoing_done_at ON desk_outgoing (done_at, next_at);
CREATE INDEX ix_desk_surveys_office_at ON desk_surveys (office, at);
CREATE TRIGGER desk_audit_no_update BEFORE UPDATE ON desk_audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER desk_audit_no_delete BEFORE DELETE ON desk_audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
COMMIT;
