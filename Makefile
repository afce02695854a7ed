# Everything a newcomer, a trainer or an operator runs. `make help` lists it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PY := .venv/bin/python
RIUNG := $(PY) -m riung.cli
export PYTHON PYTHONPATH := $(CURDIR)
ifdef ASISTEN
export RIUNG_HOME := $(abspath $(ASISTEN))
endif

.PHONY: help run train latih versi terbitkan kembali kenapa check uji rekam gambar baru schemas facts eval test test-fast test-services browser bench lint format lock
.DELETE_ON_ERROR:

help: ## daftar perintah ini
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

.venv/ready: requirements.lock scripts/setup scripts/find-python
	@scripts/setup

run: .venv/ready ## siapkan, latih bila perlu, jalankan semuanya di 127.0.0.1; Ctrl-C menghentikan
	@$(RIUNG) run

train: .venv/ready ## periksa, lalu latih bila ada yang berubah
	@$(RIUNG) train

latih: .venv/ready ## latih draf di samping bot yang jalan; ALASAN="apa yang diubah"
	@$(RIUNG) latih $(if $(ALASAN),--alasan "$(ALASAN)")

versi: .venv/ready ## daftar versi; yang terbit bertanda panah
	@$(RIUNG) versi

terbitkan: .venv/ready ## terbitkan sebuah versi: VERSI=3
	@$(RIUNG) terbitkan $(VERSI)

kembali: .venv/ready ## kembali ke versi sebelumnya
	@$(RIUNG) kembali

kenapa: .venv/ready ## kenapa sebuah pesan dijawab begitu: PESAN="sabtu buka ga"
	@$(RIUNG) kenapa "$(PESAN)"

check: .venv/ready ## periksa semua yang disunting pelatih, dan beri saran; SEMUA=1: semua saran
	@$(RIUNG) check $(if $(SEMUA),--all)

uji: .venv/ready ## mainkan tes percakapan (tests/percakapan/)
	@$(RIUNG) uji

rekam: .venv/ready ## rekam percakapan menjadi tes: make rekam NAMA="tanya biaya"
	@$(RIUNG) rekam "$(or $(NAMA),rekaman)"

gambar: .venv/ready ## gambar percakapan dari YAML ke reports/dialog.html
	@$(RIUNG) gambar

baru: .venv/ready ## asisten untuk instansi lain: make baru FOLDER=../kami NAMA="Dinas Kami"
	@$(RIUNG) baru "$(FOLDER)" $(if $(NAMA),--nama "$(NAMA)")

schemas: .venv/ready ## tulis ulang skema/ untuk penyunting yang melengkapi YAML
	@$(RIUNG) schemas

facts: .venv/ready ## daftar fakta yang lebih tua dari batas kantor
	@$(RIUNG) facts

eval: .venv/ready ## nilai pemahamannya (reports/nlu/); PEER=1: bersama susunan bawaan Rasa
	@$(PY) -m riung.training.evaluate $(if $(PEER),--peer)

test: .venv/ready browser ## semua tes dengan penyimpanan bawaan
	@$(RIUNG) train
	@$(PY) -m pytest -m "not services" -n 3 --dist loadgroup

test-fast: .venv/ready ## tes tanpa peramban dan tanpa pemasangan (tiga menit)
	@$(PY) -m pytest -m "not services and not browser and not processes and not thorough" -n 2

test-services: .venv/ready ## perilaku yang sama di PostgreSQL, Redis, dan RabbitMQ
	@$(RIUNG) train
	@$(PY) -m pytest -m services -n 2 --dist loadgroup

browser: ## pasang peramban untuk tes halaman (Debian; perlu root atau sudo)
	@scripts/browser

bench: .venv/ready ## jalankan pengukuran; tiap satu mencetak angkanya
	@$(RIUNG) train
	@$(PY) -m benchmarks

lint: .venv/ready ## periksa bentuk, gaya, dan jenis kode
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy riung actions tests benchmarks

format: .venv/ready ## perbaiki yang bisa diperbaiki mesin
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .
	@$(RIUNG) schemas

lock: .venv/ready ## pilih ulang versi dari pyproject.toml
	@.venv/bin/uv pip compile --python $(PY) pyproject.toml --extra dev --upgrade \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	  -o requirements.lock
