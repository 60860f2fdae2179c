; The set-up program for Windows: for the person who runs it, without administrator's rights; silent with /S.
; VERSION, BUNDLE (folder) and OUT (file) are given by build_installer.py. The data folder is never touched.
Unicode true
Name "Counter ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\counter-app"
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetDateSave off

!define SAID "Software\Microsoft\Windows\CurrentVersion\Uninstall\counter-app"
; Where it was put before, there it is brought up to date.
InstallDirRegKey HKCU "${SAID}" "InstallLocation"

LoadLanguageFile "${NSISDIR}\Contrib\Language files\English.nlf"
LoadLanguageFile "${NSISDIR}\Contrib\Language files\Hindi.nlf"
LangString COUNTER ${LANG_ENGLISH} "Counter"
LangString COUNTER ${LANG_HINDI} "काउंटर"
LangString RUNS ${LANG_ENGLISH} "The counter is open. Close it, then try again."
LangString RUNS ${LANG_HINDI} "काउंटर खुला है। उसे बंद करें, फिर कोशिश करें।"
LangString TRY ${LANG_ENGLISH} "Try the counter on an invented office"
LangString TRY ${LANG_HINDI} "काउंटर नमूना कार्यालय पर आज़माएँ"

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Section
  ; A program that runs cannot be written to: nothing is half replaced.
  IfFileExists "$INSTDIR\counter.exe" 0 free
  ClearErrors
  FileOpen $0 "$INSTDIR\counter.exe" a
  IfErrors 0 +2
  Abort "$(RUNS)"
  FileClose $0
free:
  ; An older version goes first, whole.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateDirectory "$SMPROGRAMS\counter-app"
  CreateShortcut "$SMPROGRAMS\counter-app\$(COUNTER).lnk" "$INSTDIR\counter.exe"
  CreateShortcut "$SMPROGRAMS\counter-app\$(TRY).lnk" "$INSTDIR\counter.exe" "demo"
  WriteRegStr HKCU "${SAID}" "DisplayName" "$(COUNTER)"
  WriteRegStr HKCU "${SAID}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${SAID}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${SAID}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${SAID}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${SAID}" "NoModify" 1
  WriteRegDWORD HKCU "${SAID}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\counter-app.exe"
  Delete "$INSTDIR\counter.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir /r "$SMPROGRAMS\counter-app"
  DeleteRegKey HKCU "${SAID}"
SectionEnd
