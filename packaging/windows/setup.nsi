; The Windows installer, for one user (default, no administrator) or for all (/AllUsers). No reboot.
; Usage: makensis -DNAME=… -DCOMMAND=… -DVERSION=… -DCOPYRIGHT=… -DSCHEME=… -DSUFFIX=… -DFILE_TYPE=… -DTYPE_NAME=…
;                 -DPROGRAM=FOLDER -DICON=FILE -DOUTPUT=FILE setup.nsi       (packaging/builder/installer.py does)
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
Name "${NAME}"
OutFile "${OUTPUT}"
Icon "${ICON}"
UninstallIcon "${ICON}"
ManifestDPIAware true
XPStyle on
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "${COPYRIGHT}"

!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR "${NAME}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "Software\${COMMAND}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!include MultiUser.nsh
!include MUI2.nsh
!include FileFunc.nsh

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${COMMAND}.exe"
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "Spanish"
!insertmacro MUI_LANGUAGE "French"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${COMMAND}"
!define CLASSES "Software\Classes"
; %1 stands after --, in quotes: whatever it is, it stays one argument and never becomes an option.
!define OPEN '"$INSTDIR\${COMMAND}.exe" open -- "%1"'

Function .onInit
  !insertmacro MULTIUSER_INIT
FunctionEnd

Function un.onInit
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

Section
  ; A program that runs keeps its files: ask for it to be closed instead of wanting a reboot.
  IfFileExists "$INSTDIR\${COMMAND}.exe" 0 fresh
  ClearErrors
  FileOpen $0 "$INSTDIR\${COMMAND}.exe" a
  IfErrors 0 free
  IfSilent 0 +2
  Abort "${NAME} is running."
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Close ${NAME}, then choose Retry." IDRETRY -5
  Abort
free:
  FileClose $0
  RMDir /r "$INSTDIR\_internal"
fresh:
  SetOutPath "$INSTDIR"
  File /r "${PROGRAM}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${COMMAND}.exe" "" "$INSTDIR\${COMMAND}.exe" 0

  WriteRegStr SHCTX "Software\${COMMAND}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${CLASSES}\${SCHEME}" "" "URL:${NAME}"
  WriteRegStr SHCTX "${CLASSES}\${SCHEME}" "URL Protocol" ""
  WriteRegStr SHCTX "${CLASSES}\${SCHEME}\DefaultIcon" "" "$INSTDIR\${COMMAND}.exe,0"
  WriteRegStr SHCTX "${CLASSES}\${SCHEME}\shell\open\command" "" '${OPEN}'
  WriteRegStr SHCTX "${CLASSES}\${SUFFIX}" "" "${COMMAND}.meeting"
  WriteRegStr SHCTX "${CLASSES}\${SUFFIX}" "Content Type" "${FILE_TYPE}"
  WriteRegStr SHCTX "${CLASSES}\${COMMAND}.meeting" "" "${TYPE_NAME}"
  WriteRegStr SHCTX "${CLASSES}\${COMMAND}.meeting\DefaultIcon" "" "$INSTDIR\${COMMAND}.exe,0"
  WriteRegStr SHCTX "${CLASSES}\${COMMAND}.meeting\shell\open\command" "" '${OPEN}'

  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${COMMAND}.exe"
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "${COPYRIGHT}"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" "$0"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section "Uninstall"
  ; Only what was installed: whatever else lies in the folder stays. Meetings are in %LOCALAPPDATA% and stay too.
  Delete "$SMPROGRAMS\${NAME}.lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${COMMAND}.exe"
  Delete "$INSTDIR\${COMMAND}-console.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey SHCTX "${CLASSES}\${SCHEME}"
  DeleteRegKey SHCTX "${CLASSES}\${COMMAND}.meeting"
  ReadRegStr $0 SHCTX "${CLASSES}\${SUFFIX}" ""
  StrCmp $0 "${COMMAND}.meeting" 0 +2
  DeleteRegKey SHCTX "${CLASSES}\${SUFFIX}"
  DeleteRegKey SHCTX "${UNINSTALL}"
  DeleteRegKey SHCTX "Software\${COMMAND}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
